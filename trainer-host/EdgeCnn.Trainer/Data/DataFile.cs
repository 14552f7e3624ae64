using System;
using System.IO;
using System.IO.Compression;

namespace EdgeCnn.Trainer.Data;

/// <summary>Reads a whole file that may be compressed.</summary>
internal static class DataFile
{
    private const int MostBytes = 1 << 30;

    /// <summary>The content of <paramref name="path"/>, unpacked when the name ends in <c>.gz</c>.</summary>
    public static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        using var content = new MemoryStream();
        using Stream source = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        var buffer = new byte[1 << 16];
        try
        {
            int read;
            while ((read = source.Read(buffer)) > 0)
            {
                if (content.Length + read > MostBytes)
                    throw new InvalidDataException($"unpacks to more than {MostBytes} bytes; split it");
                content.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException damaged)
        {
            file.Position = 0;
            throw new InvalidDataException(
                file.ReadByte() == 0x1F && file.ReadByte() == 0x8B
                    ? $"{path}: damaged after {content.Length} unpacked bytes: {damaged.Message}"
                    : $"{path}: not compressed, as its name says; rename it without .gz, or compress it", damaged);
        }

        return content.ToArray();
    }

    /// <summary>The first of the names that <paramref name="folder"/> has, plain or with <c>.gz</c>.</summary>
    public static string Find(string folder, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var suffix in (ReadOnlySpan<string>)["", ".gz"])
            {
                var path = Path.Combine(folder, name + suffix);
                if (File.Exists(path))
                    return path;
            }
        }

        throw new FileNotFoundException($"{Path.Combine(folder, names[0])}: not found, neither plain nor as .gz");
    }
}
