using System;
using System.Linq;
using Xunit;

namespace EdgeCnn.Tests.Input;

/// <summary>The quick form of area averaging gives the bytes of the plain one.</summary>
public sealed unsafe class AreaRowsTests
{
    [Fact]
    public void Any_picture_gives_the_bytes_of_the_plain_form()
    {
        var random = new Random(5);
        for (int i = 0; i < 300; i++)
        {
            int width = random.Next(1, 90), height = random.Next(1, 70), channels = random.Next(1, 5), gap = random.Next(3);
            AssertSame(width, height, channels, gap, random.Next(1, 50), random.Next(1, 50), i);
        }
    }

    [Theory]
    [InlineData(640, 480, 48, 48)]
    [InlineData(1920, 1080, 28, 28)]
    [InlineData(3, 2000, 2, 300)]
    [InlineData(2000, 3, 300, 2)]
    [InlineData(5, 4, 700, 600)]
    public void Large_pictures_and_heavy_weights_do_too(int width, int height, int newWidth, int newHeight) =>
        AssertSame(width, height, 3, 1, newWidth, newHeight, 9);

    [Fact]
    public void White_stays_white_at_the_largest_size()
    {
        const int side = 4096;
        byte[] white = [.. Enumerable.Repeat((byte)255, side * side)];
        Assert.All(ByRows(white, side, side, side, 1, 3, 2), pixel => Assert.Equal(255, pixel));
    }

    private static void AssertSame(int width, int height, int channels, int gap, int newWidth, int newHeight, int seed)
    {
        int rowBytes = width * channels + gap;
        byte[] source = new byte[rowBytes * height], plain = new byte[newWidth * newHeight * channels];
        new Random(seed).NextBytes(source);
        fixed (byte* from = source, to = plain) Resize.Area(from, 0, rowBytes, width, height, channels, to, 0, newWidth, newHeight);
        Assert.Equal(plain, ByRows(source, rowBytes, width, height, channels, newWidth, newHeight));
    }

    private static byte[] ByRows(byte[] source, int rowBytes, int width, int height, int channels, int newWidth, int newHeight)
    {
        uint[] sums = new uint[width * channels];
        byte[] result = new byte[newWidth * newHeight * channels];
        fixed (byte* from = source, to = result)
        fixed (uint* s = sums) AreaRows.Area(from, rowBytes, width, height, channels, to, newWidth, newHeight, s);
        return result;
    }
}
