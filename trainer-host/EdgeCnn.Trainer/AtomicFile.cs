using System;
using System.IO;

namespace EdgeCnn.Trainer;

/// <summary>Writes a file that is either complete or not there: no reader ever sees a half-written one.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes under a temporary name in the same folder, flushes to disk, then renames over <paramref name="path"/>. When anything
    /// fails the temporary file is deleted and an existing <paramref name="path"/> stays as it was.
    /// </summary>
    /// <exception cref="IOException">The folder is missing, read-only or full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(content);
        var full = Path.GetFullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes <paramref name="content"/> as the whole file.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));
}
