using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;

namespace EdgeCnn.Device.Tests;

/// <summary>The guest's SD card: no file system, one tar archive from the first byte on.</summary>
internal static class SdCard
{
    private const int Bytes = 8 << 20;

    /// <summary>Makes an empty card, of a size that QEMU takes: a power of 2.</summary>
    internal static string Make(string folder)
    {
        string path = Path.Combine(folder, "card");
        using FileStream file = File.Create(path);
        file.SetLength(Bytes);
        return path;
    }

    /// <summary>The files of the archive.</summary>
    internal static Dictionary<string, byte[]> Read(string path)
    {
        var files = new Dictionary<string, byte[]>();
        using FileStream file = File.OpenRead(path);
        using var tar = new TarReader(file);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null) continue;
            byte[] bytes = new byte[entry.Length];
            entry.DataStream.ReadExactly(bytes);
            files.Add(Path.GetFileName(entry.Name), bytes);
        }
        return files;
    }
}
