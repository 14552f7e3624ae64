using System;
using System.Buffers.Binary;

namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>
/// Recognizes a picture by its first bytes, not by its name, and finds its size and its end, so that a truncated one is refused before a
/// decoder fills the missing part with gray.
/// </summary>
internal static class PictureHeaders
{
    private const int LongestSide = ushort.MaxValue;

    /// <summary>Reads what a picture says of itself.</summary>
    /// <exception cref="PictureException">It is none, is truncated, or too large.</exception>
    public static PictureHeader Read(ReadOnlySpan<byte> content)
    {
        var header = content switch
        {
            [0xFF, 0xD8, 0xFF, ..] => Jpeg(content),
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png(content),
            [(byte)'B', (byte)'M', ..] => Bmp.Header(content),
            [(byte)'P', (byte)'5' or (byte)'6', ..] => Netpbm.Header(content),
            [] => throw new PictureException("the file is empty"),
            _ => throw new PictureException(
                "is not a picture (JPEG, PNG, BMP, binary PGM or PPM); take it away, or let \"files\" not match it"),
        };
        if (header.Width is < 1 or > LongestSide || header.Height is < 1 or > LongestSide)
            throw new PictureException($"says that it is {header.Width}×{header.Height} pixels; sides are 1 to {LongestSide}");
        return (long)header.Width * header.Height <= Resize.MaxPixels
            ? header
            : throw new PictureException($"{header.Width}×{header.Height} are more than {Resize.MaxPixels} pixels; shrink it");
    }

    /// <summary>The frame header, and after it the end marker (ITU-T T.81, annex B).</summary>
    private static PictureHeader Jpeg(ReadOnlySpan<byte> content)
    {
        for (var at = 2; at + 9 <= content.Length;)
        {
            if (content[at] != 0xFF)
                throw new PictureException($"byte {at}: damaged JPEG: a marker is expected");
            var marker = content[at + 1];
            if (marker == 0xFF)
            {
                at++;   // fill byte
                continue;
            }

            // SOF0 … SOF15 without DHT (C4), JPG (C8) and DAC (CC), which share the range.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return content[at..].LastIndexOf<byte>([0xFF, 0xD9]) >= 0
                    ? new PictureHeader(PictureFormat.Jpeg, BigEndian16(content, at + 7), BigEndian16(content, at + 5))
                    : throw new PictureException($"byte {content.Length}: truncated JPEG: its end marker is missing");
            at += 2 + BigEndian16(content, at + 2);
        }

        throw new PictureException($"byte {content.Length}: truncated JPEG: it ends inside its headers");
    }

    private static PictureHeader Png(ReadOnlySpan<byte> content)
    {
        const int end = 33;
        if (content.Length < end || !content[12..16].SequenceEqual("IHDR"u8))
            throw new PictureException("byte 12: damaged PNG: the header chunk is missing");
        if (content[end..].LastIndexOf("IEND"u8) < 0)
            throw new PictureException($"byte {content.Length}: truncated PNG: its end chunk is missing");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(content[16..]), height = BinaryPrimitives.ReadUInt32BigEndian(content[20..]);
        return new PictureHeader(PictureFormat.Png, (int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue));
    }

    private static int BigEndian16(ReadOnlySpan<byte> content, int at) => BinaryPrimitives.ReadUInt16BigEndian(content[at..]);
}
