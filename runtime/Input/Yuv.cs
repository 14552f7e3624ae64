namespace EdgeCnn;

/// <summary>
/// From Y′CbCr to red, green, blue and to brightness as ITU-R BT.601 says, in integers: coefficients in 1/2¹⁴, sums rounded to
/// nearest, ties up, and held to 0 … 255. Limited range: Y 16 … 235, Cb and Cr 16 … 240; full range, as in JPEG: 0 … 255.
/// </summary>
public static unsafe class Yuv
{
    private const int Bits = 14;

    /// <summary>gray = 255/219 · (Y − 16), or Y in full range, for <paramref name="count"/> bytes in place.</summary>
    public static void ToGray(Bytes pixels, int at, int count, bool isFullRange)
    {
        if (isFullRange) return;
        for (int i = at; i < at + count; i++) pixels[i] = Byte(Brightness(pixels[i], false));
    }

    /// <summary>
    /// Turns <paramref name="count"/> pixels of three bytes Y, Cb, Cr into three colours, in place: with b and r for Cb − 128 and Cr − 128,
    /// limited range: y = 255/219 · (Y − 16), red = y + 1.596027 r, green = y − 0.391762 b − 0.812968 r, blue = y + 2.017232 b;
    /// full range: red = Y + 1.402 r, green = Y − 0.344136 b − 0.714136 r, blue = Y + 1.772 b.
    /// </summary>
    /// <param name="order"><see cref="ChannelOrder.Rgb"/> or <see cref="ChannelOrder.Bgr"/>: which colour comes first.</param>
    public static void ToColours(Bytes pixels, int at, int count, bool isFullRange, int order)
    {
        int redOfRed = isFullRange ? 22970 : 26149, blueOfBlue = isFullRange ? 29032 : 33050;
        int greenOfBlue = isFullRange ? 5638 : 6419, greenOfRed = isFullRange ? 11700 : 13320;
        int first = order == ChannelOrder.Bgr ? 2 : 0;
        for (int i = at; i < at + 3 * count; i += 3)
        {
            int y = Brightness(pixels[i], isFullRange), b = pixels[i + 1] - 128, r = pixels[i + 2] - 128;
            pixels[i + first] = Byte(y + redOfRed * r);
            pixels[i + 1] = Byte(y - greenOfBlue * b - greenOfRed * r);
            pixels[i + 2 - first] = Byte(y + blueOfBlue * b);
        }
    }

    /// <summary>Brightness in 1/2¹⁴, a half added for rounding.</summary>
    private static int Brightness(int y, bool isFullRange) => (isFullRange ? y << Bits : (y - 16) * 19077) + (1 << (Bits - 1));

    private static byte Byte(int value) => (byte)Requantize.Clamp(value >> Bits, 0, 255);
}
