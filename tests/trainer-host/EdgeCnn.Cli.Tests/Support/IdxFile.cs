using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Cli.Tests.Support;

/// <summary>Makes IDX files of images.</summary>
internal static class IdxFile
{
    public static byte[] Of(Dataset images)
    {
        byte[] file = new byte[16 + images.Pixels.Length];
        file[2] = 8;
        file[3] = 3;
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), images.Count);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(8), images.Shape.Height);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(12), images.Shape.Width);
        images.Pixels.CopyTo(file.AsSpan(16));
        return file;
    }

    public static byte[] Compressed(byte[] file)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(file);
        return packed.ToArray();
    }
}
