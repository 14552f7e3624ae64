using System;

namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>
/// Binary PGM (<c>P5</c>, gray) and PPM (<c>P6</c>, colour): width, height and largest value as text between blanks and comments, one
/// blank, then the pixels. Source: the man pages pgm(5) and ppm(5) of Netpbm.
/// </summary>
internal static class Netpbm
{
    /// <summary>Size of the picture.</summary>
    public static PictureHeader Header(ReadOnlySpan<byte> content)
    {
        var at = 2;
        return new PictureHeader(PictureFormat.Netpbm, Number(content, ref at), Number(content, ref at));
    }

    /// <summary>Decodes a picture whose header was read.</summary>
    public static Picture Decode(ReadOnlySpan<byte> content)
    {
        var at = 2;
        int width = Number(content, ref at), height = Number(content, ref at), largest = Number(content, ref at);
        if (largest is < 1 or > 255)
            throw new PictureException($"its largest value is {largest}; only 8 bits (1 to 255) are read");
        var channels = content[1] == '6' ? 3 : 1;
        var length = width * height * channels;
        at++;
        if (content.Length - at < length)
            throw new PictureException($"byte {content.Length}: truncated: {width}×{height} pixels need {at + length} bytes");
        var pixels = content.Slice(at, length).ToArray();
        for (var i = 0; largest < 255 && i < pixels.Length; i++)
            pixels[i] = (byte)((Math.Min(pixels[i], largest) * 255 + largest / 2) / largest);
        return new Picture(width, height, channels, pixels);
    }

    private static int Number(ReadOnlySpan<byte> content, ref int at)
    {
        var start = at;
        while (at < content.Length && (content[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'#'))
        {
            if (content[at] == '#')
                at += content[at..].IndexOf((byte)'\n') is >= 0 and var end ? end : content.Length - at;
            else
                at++;
        }

        long value = 0;
        var digits = at;
        for (; at < content.Length && char.IsAsciiDigit((char)content[at]); at++)
            value = Math.Min(value * 10 + content[at] - '0', int.MaxValue);
        return at > digits && digits > start
            ? (int)value
            : throw new PictureException($"byte {at}: damaged PGM or PPM: a number is expected");
    }
}
