using System;
using System.Linq;
using Xunit;

namespace EdgeCnn.Tests.Input;

public sealed unsafe class ResizeTests
{
    public static TheoryData<int, int, int, int, int> Sizes => new()
    {
        { 100, 100, 64, 64, 3 }, { 32, 32, 32, 32, 3 }, { 7, 5, 3, 4, 1 }, { 3, 4, 7, 9, 2 }, { 1, 1, 5, 3, 1 }, { 640, 480, 28, 28, 1 },
        { 9, 50, 1, 1, 3 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_pixel_is_the_rounded_mean_of_the_area_that_it_covers(int width, int height, int newWidth, int newHeight, int channels)
    {
        byte[] source = Random(height * width * channels);
        byte[] result = Area(source, 0, width * channels, width, height, channels, newWidth, newHeight);
        for (int i = 0; i < result.Length; i++)
        {
            int c = i % channels, x = i / channels % newWidth, y = i / channels / newWidth;
            double mean = Mean(source, width, channels, c, (x, x + 1, newWidth, width), (y, y + 1, newHeight, height));
            // The reference rounds too: half a step, and what double precision leaves of a tie.
            Assert.InRange(result[i] - mean, -0.5000001, 0.5000001);
        }
    }

    [Fact]
    public void A_picture_of_the_same_size_is_copied()
    {
        byte[] source = Random(20 * 30 * 3);
        Assert.Equal(source, Area(source, 0, 90, 30, 20, 3, 30, 20));
    }

    [Fact]
    public void White_stays_white_at_the_largest_size()
    {
        const int side = 4096;
        byte[] white = [.. Enumerable.Repeat((byte)255, side * side)];
        Assert.Equal(Resize.MaxPixels, white.Length);
        Assert.All(Area(white, 0, side, side, side, 1, 3, 2), pixel => Assert.Equal(255, pixel));
    }

    [Fact]
    public void A_cut_out_is_an_offset_and_a_size()
    {
        byte[] source = Random(10 * 12);
        byte[] cut = [.. Enumerable.Range(0, 4 * 6).Select(i => source[(2 + i / 6) * 12 + 3 + i % 6])];
        Assert.Equal(Area(cut, 0, 6, 6, 4, 1, 3, 2), Area(source, 2 * 12 + 3, 12, 6, 4, 1, 3, 2));
    }

    [Theory]
    [InlineData(640, 480, 32, 32, 480, 480)]
    [InlineData(480, 640, 32, 32, 480, 480)]
    [InlineData(100, 100, 49, 40, 100, 81)]
    [InlineData(1, 65535, 65535, 1, 1, 1)]
    [InlineData(65535, 65535, 65535, 65535, 65535, 65535)]
    public void The_largest_cut_out_has_the_shape_of_the_result(int width, int height, int newWidth, int newHeight, int columns, int rows)
    {
        Assert.Equal(columns, Resize.CropWidth(width, height, newWidth, newHeight));
        Assert.Equal(rows, Resize.CropHeight(width, height, newWidth, newHeight));
    }

    [Fact]
    public void Gray_is_the_luma_of_BT601()
    {
        byte[] colours = Random(3 * 1000);
        byte[] gray = new byte[1000];
        fixed (byte* from = colours, to = gray) Gray.FromRgb(from, 0, to, 0, gray.Length);
        for (int i = 0; i < gray.Length; i++)
            Assert.InRange(gray[i] - (0.299 * colours[3 * i] + 0.587 * colours[3 * i + 1] + 0.114 * colours[3 * i + 2]), -1.2, 1.2);
        byte[] equal = [.. Enumerable.Range(0, 256).SelectMany(value => Enumerable.Repeat((byte)value, 3))];
        fixed (byte* place = equal) Gray.FromRgb(place, 0, place, 0, 256);
        Assert.Equal(Enumerable.Range(0, 256).Select(value => (byte)value), equal.Take(256));
    }

    private static byte[] Random(int count)
    {
        byte[] bytes = new byte[count];
        fixed (byte* p = bytes) Generator.Fill(p, 0, count, 77);
        return bytes;
    }

    private static byte[] Area(byte[] source, int from, int rowBytes, int width, int height, int channels, int newWidth, int newHeight)
    {
        byte[] result = new byte[newHeight * newWidth * channels];
        fixed (byte* p = source, q = result) Resize.Area(p, from, rowBytes, width, height, channels, q, 0, newWidth, newHeight);
        return result;
    }

    /// <summary>The mean over [a, b) of <c>count</c> parts of a side, in double precision.</summary>
    private static double Mean(
        byte[] source, int width, int channels, int c, (int A, int B, int Count, int Side) columns,
        (int A, int B, int Count, int Side) rows)
    {
        double sum = 0;
        for (int row = 0; row < rows.Side; row++)
        {
            double high = Part(row, rows);
            for (int column = 0; high > 0 && column < columns.Side; column++)
                sum += high * Part(column, columns) * source[(row * width + column) * channels + c];
        }
        return sum * columns.Count * rows.Count / ((double)columns.Side * rows.Side);

        static double Part(int at, (int A, int B, int Count, int Side) range)
        {
            double scale = (double)range.Side / range.Count;
            return Math.Max(0, Math.Min(at + 1, range.B * scale) - Math.Max(at, range.A * scale));
        }
    }
}
