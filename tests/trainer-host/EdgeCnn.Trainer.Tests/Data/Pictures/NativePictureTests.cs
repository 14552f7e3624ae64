using System;
using System.Linq;
using System.Text;
using EdgeCnn.Trainer.Data.Pictures;
using Xunit;

namespace EdgeCnn.Tests.Data.Pictures;

public sealed class NativePictureTests
{
    [Fact]
    public void Pgm_and_ppm_are_read_with_comments_and_any_largest_value()
    {
        var gray = Netpbm.Decode([.. "P5 # made by hand\n2 2\n# largest\n15\n"u8, 0, 5, 15, 99]);
        Assert.Equal((2, 2, 1), (gray.Width, gray.Height, gray.Channels));
        Assert.Equal([0, 85, 255, 255], gray.Pixels);
        var colour = Netpbm.Decode([.. "P6\n1 2 255 "u8, 1, 2, 3, 4, 5, 6]);
        Assert.Equal((1, 2, 3), (colour.Width, colour.Height, colour.Channels));
        Assert.Equal([1, 2, 3, 4, 5, 6], colour.Pixels);
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(24, true)]
    [InlineData(32, false)]
    [InlineData(8, false)]
    public void Bmp_is_read_in_all_its_orders(int bits, bool topDown)
    {
        var picture = Bmp.Decode(BmpOf(bits, topDown));
        Assert.Equal((3, 2, 3), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal(Enumerable.Range(1, 18).Select(value => (byte)value), picture.Pixels);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("hello", "is not a picture")]
    [InlineData("P6 12 x", "a number is expected")]
    [InlineData("P5 0 3 255 ", "says that it is 0×3 pixels")]
    [InlineData("P5 99999999999 3 255 ", "sides are 1 to 65535")]
    [InlineData("P5 8000 8000 255 ", "shrink it")]
    [InlineData("BM", "ends inside its headers")]
    public void What_is_no_picture_is_refused(string text, string reason)
    {
        var error = Assert.Throws<PictureException>(() => PictureHeaders.Read(Encoding.Latin1.GetBytes(text)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_beginning_of_a_picture_is_read_as_one()
    {
        byte[][] pictures = [BmpOf(24, false), BmpOf(8, false), [.. "P6\n1 2 255 "u8, 1, 2, 3, 4, 5, 6]];
        foreach (var picture in pictures)
        {
            for (var length = 0; length < picture.Length; length++)
                Assert.Throws<PictureException>(() => Decode(picture[..length]));
        }
    }

    [Fact]
    public void Any_damage_gives_a_picture_or_a_refusal()
    {
        var random = new Random(7);
        byte[][] pictures = [BmpOf(24, false), BmpOf(8, true), [.. "P6\n1 2 255 "u8, 1, 2, 3, 4, 5, 6]];
        var refused = 0;
        for (var i = 0; i < 30_000; i++)
        {
            byte[] damaged = [.. pictures[i % 3]];
            damaged[random.Next(Math.Min(54, damaged.Length))] = (byte)random.Next(256);
            try
            {
                var picture = Decode(damaged);
                Assert.Equal(picture.Pixels.Length, picture.Width * picture.Height * picture.Channels);
            }
            catch (PictureException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 3000, 29_000);
    }

    private static Picture Decode(byte[] content) =>
        PictureHeaders.Read(content).Format == PictureFormat.Bmp ? Bmp.Decode(content) : Netpbm.Decode(content);

    /// <summary>3×2 pixels whose channels are 1 … 18 in reading order.</summary>
    private static byte[] BmpOf(int bits, bool topDown)
    {
        byte[] palette = bits == 8 ? [.. Enumerable.Range(0, 6).SelectMany(i => Pixel(i, 4))] : [];
        int start = 54 + palette.Length, rowBytes = (3 * bits / 8 + 3) / 4 * 4;
        byte[] file =
        [
            .. "BM"u8, .. Int(start + 2 * rowBytes), .. Int(0), .. Int(start), .. Int(40), .. Int(3), .. Int(topDown ? -2 : 2), 1, 0,
            (byte)bits, 0, .. Int(0), .. Int(0), .. Int(0), .. Int(0), .. Int(palette.Length / 4), .. Int(0), .. palette,
        ];
        foreach (var row in topDown ? (int[])[0, 1] : [1, 0])
        {
            byte[] pixels = [.. Enumerable.Range(3 * row, 3).SelectMany(i => bits == 8 ? [(byte)i] : Pixel(i, bits / 8))];
            file = [.. file, .. pixels, .. new byte[rowBytes - pixels.Length]];
        }

        return file;
    }

    private static byte[] Pixel(int index, int bytes) =>
        [.. ((byte[])[(byte)(3 * index + 3), (byte)(3 * index + 2), (byte)(3 * index + 1), 0]).Take(bytes)];

    private static byte[] Int(int value) => BitConverter.GetBytes(value);
}
