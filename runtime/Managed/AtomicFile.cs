using System;
using System.IO;

namespace EdgeCnn.Managed;

/// <summary>Writes a file that is either complete or not there: no reader ever sees a half-written one.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes under a temporary name in the same folder, flushes to disk, then renames over <paramref name="path"/>. When anything
    /// fails the temporary file is deleted and an existing <paramref name="path"/> stays as it was.
    /// </summary>
    /// <exception cref="IOException">The folder is missing, read-only or full, or <see cref="Target"/> refuses the path.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, Action<Stream> content) => Write(path, content, Disk.Own);

    /// <summary>The same on a disk of a test.</summary>
    internal static void Write(string path, Action<Stream> content, Disk disk)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(content);
        var full = Target(path);
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, TemporaryName(full, $"{Guid.NewGuid():N}"));
        try
        {
            using (FileStream stream = disk.Create(temporary))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            disk.Rename(temporary, full);
        }
        catch
        {
            disk.Delete(temporary);
            throw;
        }
    }

    /// <summary>The file that writing to <paramref name="path"/> makes or replaces: what a link points to, else the path itself.</summary>
    /// <exception cref="IOException">Something is there that must not be replaced: a folder, a device, a pipe, a read-only
    /// file.</exception>
    public static string Target(string path)
    {
        var full = RealPath(path);
        if (Directory.Exists(full))
            throw new IOException($"{path}: a folder is in the way of the file; remove it, or choose another output");
        if (full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal))
            throw new IOException($"{path}: this is a device, not a file; choose another output");
        if (!File.Exists(full))
            return full;
        if (File.GetAttributes(full).HasFlag(FileAttributes.ReadOnly))
            throw new IOException($"{path}: the file there is read-only; make it writable, or choose another output");
        // Opened for both, a pipe does not wait for its other end.
        using var there = new FileStream(full, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        return there.CanSeek ? full : throw new IOException($"{path}: this is a pipe, not a file; choose another output");
    }

    /// <summary>The absolute path of a file, links followed: equal for two names of one file.</summary>
    public static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
    }

    /// <summary>Writes <paramref name="content"/> as the whole file.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));

    /// <summary>Deletes temporary files that processes which were killed while they wrote <paramref name="path"/> left beside it.</summary>
    public static void RemoveLeftovers(string path)
    {
        var full = RealPath(path);
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            return;
        var hiddenToo = new EnumerationOptions { AttributesToSkip = FileAttributes.Directory };
        foreach (var leftover in Directory.GetFiles(folder, TemporaryName(full, "*"), hiddenToo))
            File.Delete(leftover);
    }

    private static string TemporaryName(string path, string middle) => $".{Path.GetFileName(path)}.{middle}.tmp";
}
