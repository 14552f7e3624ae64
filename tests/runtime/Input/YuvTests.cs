using System;
using Xunit;

namespace EdgeCnn.Tests.Input;

/// <summary>The integers of <see cref="Yuv"/> against BT.601 in real numbers.</summary>
public sealed unsafe class YuvTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_colour_is_the_rounded_one_of_the_standard(bool isFullRange)
    {
        byte[] pixels = new byte[3 * 256];
        for (int b = 0; b < 256; b++)
        {
            for (int r = 0; r < 256; r++)
            {
                for (int y = 0; y < 256; y++) (pixels[3 * y], pixels[3 * y + 1], pixels[3 * y + 2]) = ((byte)y, (byte)b, (byte)r);
                fixed (byte* p = pixels) Yuv.ToColours(p, 0, 256, isFullRange, ChannelOrder.Rgb);
                for (int y = 0; y < 256; y++)
                {
                    (double red, double green, double blue) = Colours(y, b, r, isFullRange);
                    AssertRounded(red, pixels[3 * y]);
                    AssertRounded(green, pixels[3 * y + 1]);
                    AssertRounded(blue, pixels[3 * y + 2]);
                }
            }
        }
    }

    [Fact]
    public void Blue_comes_first_where_the_model_wants_it()
    {
        byte[] rgb = [100, 90, 200, 50, 220, 30], bgr = [.. rgb];
        fixed (byte* p = rgb, q = bgr)
        {
            Yuv.ToColours(p, 0, 2, false, ChannelOrder.Rgb);
            Yuv.ToColours(q, 0, 2, false, ChannelOrder.Bgr);
        }
        Assert.Equal([rgb[2], rgb[1], rgb[0], rgb[5], rgb[4], rgb[3]], bgr);
    }

    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(false, 16, 0)]
    [InlineData(false, 126, 128)]
    [InlineData(false, 235, 255)]
    [InlineData(false, 255, 255)]
    [InlineData(true, 126, 126)]
    public void Gray_is_the_brightness_in_the_whole_range(bool isFullRange, int brightness, int gray)
    {
        byte[] pixels = [1, (byte)brightness, 1];
        fixed (byte* p = pixels) Yuv.ToGray(p, 1, 1, isFullRange);
        Assert.Equal([1, (byte)gray, 1], pixels);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pixel_without_colour_has_three_times_its_gray(bool isFullRange)
    {
        for (int y = 0; y < 256; y++)
        {
            byte[] colours = [(byte)y, 128, 128], gray = [(byte)y];
            fixed (byte* p = colours, q = gray)
            {
                Yuv.ToColours(p, 0, 1, isFullRange, ChannelOrder.Rgb);
                Yuv.ToGray(q, 0, 1, isFullRange);
            }
            Assert.Equal([gray[0], gray[0], gray[0]], colours);
        }
    }

    /// <summary>BT.601 with red 0.299, blue 0.114 of the brightness.</summary>
    private static (double Red, double Green, double Blue) Colours(int y, int b, int r, bool isFullRange)
    {
        double bright = isFullRange ? y : (y - 16) * 255.0 / 219, scale = isFullRange ? 1 : 255.0 / 224;
        double blue = 2 * (1 - 0.114) * scale * (b - 128), red = 2 * (1 - 0.299) * scale * (r - 128);
        return (bright + red, bright - (0.114 * blue + 0.299 * red) / 0.587, bright + blue);
    }

    /// <summary>Rounded to nearest, but for what 14 bits of a coefficient leave out.</summary>
    private static void AssertRounded(double exact, byte actual)
    {
        double held = Math.Clamp(exact, 0, 255);
        if (Math.Abs(actual - held) > 0.52) Assert.Fail($"{exact} became {actual}");
    }
}
