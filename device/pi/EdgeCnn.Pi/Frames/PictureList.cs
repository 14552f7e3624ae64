using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeCnn.Pi.Frames;

/// <summary>The pictures of a folder as a list for ffmpeg's concat demuxer.</summary>
internal static class PictureList
{
    private static readonly HashSet<string> Extensions =
        new([".jpg", ".jpeg", ".png", ".bmp", ".pgm", ".ppm"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the list.</summary>
    /// <returns>Its path, a temporary file.</returns>
    /// <exception cref="IOException">The folder has no pictures.</exception>
    public static string Write(string folder)
    {
        string[] pictures = [.. Directory.EnumerateFiles(Path.GetFullPath(folder)).Where(IsPicture).Order(StringComparer.Ordinal)];
        if (pictures.Length == 0) throw new IOException($"{folder}: the folder has no pictures ({string.Join(' ', Extensions)})");
        string list = Path.GetTempFileName();
        File.WriteAllLines(list, pictures.Select(picture => $"file 'file:{picture.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        return list;
    }

    private static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path));
}
