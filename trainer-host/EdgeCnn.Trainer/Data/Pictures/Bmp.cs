using System;
using System.Buffers.Binary;

namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>
/// Windows bitmaps without compression: 8 bits with a palette, 24 or 32 bits (blue, green, red, unused); rows are multiples of four bytes,
/// bottom row first unless the height is negative. Source: Microsoft, BITMAPFILEHEADER and BITMAPINFOHEADER.
/// </summary>
internal static class Bmp
{
    private const int FileHeaderBytes = 14, InfoHeaderBytes = 40, Uncompressed = 0, BitFields = 3;

    /// <summary>Size of the picture.</summary>
    public static PictureHeader Header(ReadOnlySpan<byte> content) =>
        content.Length < FileHeaderBytes + InfoHeaderBytes
            ? throw new PictureException($"byte {content.Length}: truncated BMP: it ends inside its headers")
            : new PictureHeader(PictureFormat.Bmp, Int32(content, 18), Math.Abs(Math.Max(Int32(content, 22), -int.MaxValue)));

    /// <summary>Decodes a picture whose header was read.</summary>
    public static Picture Decode(ReadOnlySpan<byte> content)
    {
        int start = Int32(content, 10), headerBytes = Int32(content, 14), width = Int32(content, 18), height = Math.Abs(Int32(content, 22));
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(content[28..]), compression = Int32(content, 30);
        // With bit fields, 32-bit pictures of nearly all programs have the usual order.
        if (bits is not (8 or 24 or 32) || (compression != Uncompressed && (compression != BitFields || bits != 32)))
            throw new PictureException($"is a BMP of {bits} bits, compression {compression}; save it with 24 bits, uncompressed");
        var rowBytes = (width * bits / 8 + 3) / 4 * 4;
        if (start < FileHeaderBytes + InfoHeaderBytes || (long)start + (long)rowBytes * height > content.Length)
            throw new PictureException($"byte {content.Length}: truncated BMP: {width}×{height} pixels of {bits} bits don't fit");
        var palette = bits == 8 ? Palette(content, headerBytes, start) : [];
        var pixels = new byte[width * height * 3];
        for (int row = 0, to = 0; row < height; row++)
        {
            var from = content[(start + rowBytes * (Int32(content, 22) < 0 ? row : height - 1 - row))..];
            for (var x = 0; x < width; x++, to += 3)
            {
                var colour = bits == 8 ? Entry(palette, from[x]) : from[(x * bits / 8)..];
                (pixels[to], pixels[to + 1], pixels[to + 2]) = (colour[2], colour[1], colour[0]);
            }
        }

        return new Picture(width, height, 3, pixels);
    }

    private static ReadOnlySpan<byte> Palette(ReadOnlySpan<byte> content, int headerBytes, int start) =>
        headerBytes >= InfoHeaderBytes && headerBytes <= start - FileHeaderBytes
            ? content[(FileHeaderBytes + headerBytes)..start]
            : throw new PictureException("byte 14: damaged BMP: its palette is nowhere");

    private static ReadOnlySpan<byte> Entry(ReadOnlySpan<byte> palette, int index) => 4 * index + 4 <= palette.Length
        ? palette[(4 * index)..]
        : throw new PictureException($"damaged BMP: colour {index} is not in its palette of {palette.Length / 4}");

    private static int Int32(ReadOnlySpan<byte> content, int at) => BinaryPrimitives.ReadInt32LittleEndian(content[at..]);
}
