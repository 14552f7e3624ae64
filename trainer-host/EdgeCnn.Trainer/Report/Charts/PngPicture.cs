using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace EdgeCnn.Trainer.Report.Charts;

/// <summary>
/// Writes pictures as PNG (ISO/IEC 15948): 8 bits a channel, gray or RGB, no filter.
/// </summary>
public static class PngPicture
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The file's bytes.</summary>
    /// <param name="shape">Height, width, and 1 or 3 channels.</param>
    /// <param name="pixels">The pixels, (height, width, channels).</param>
    /// <exception cref="ArgumentException">A picture can't have so many channels.</exception>
    public static byte[] Encode(Shape shape, ReadOnlySpan<byte> pixels)
    {
        byte color = shape.Channels switch
        {
            1 => 0,
            3 => 2,
            _ => throw new ArgumentException($"{shape.Channels} channels are not a picture; give 1 or 3.", nameof(shape)),
        };
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, shape.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), shape.Height);
        (header[8], header[9]) = (8, color);
        Write(file, "IHDR", header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = shape.Width * shape.Channels;
            for (var y = 0; y < shape.Height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(y * row, row));
            }
        }

        Write(file, "IDAT", packed.ToArray());
        Write(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>The file as a <c>data:</c> address.</summary>
    public static string Address(Shape shape, ReadOnlySpan<byte> pixels) =>
        $"data:image/png;base64,{Convert.ToBase64String(Encode(shape, pixels))}";

    private static unsafe void Write(MemoryStream file, string type, byte[] content)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(type), .. content];
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(chunk);
        fixed (byte* start = chunk)
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(start, 0, chunk.Length));
        file.Write(number);
    }
}
