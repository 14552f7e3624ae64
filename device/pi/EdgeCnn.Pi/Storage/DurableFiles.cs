using System;
using System.IO;

namespace EdgeCnn.Pi.Storage;

/// <summary>
/// Files that are complete whenever the power is cut: written under another name, flushed to disk, renamed. The single steps can be
/// replaced by tests that cut the power between any two of them.
/// </summary>
internal class DurableFiles
{
    private const string Unfinished = ".unfinished";
    private const int PieceBytes = 1 << 16;

    /// <summary>Writes a file, or replaces it.</summary>
    /// <exception cref="IOException">The disk is full or can't be written; the file is as it was.</exception>
    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        string unfinished = path + Unfinished;
        try
        {
            using (FileStream file = Create(unfinished))
            {
                for (int at = 0; at < content.Length; at += PieceBytes)
                    Append(file, content.Slice(at, Math.Min(PieceBytes, content.Length - at)));
                Flush(file);
            }
            Rename(unfinished, path);
        }
        catch (IOException)
        {
            Delete(unfinished);
            throw;
        }
    }

    /// <summary>Deletes what a power cut left unfinished in a folder.</summary>
    public void Tidy(string folder)
    {
        foreach (string unfinished in Directory.GetFiles(folder, "*" + Unfinished)) Delete(unfinished);
    }

    /// <summary>Makes an empty file.</summary>
    protected virtual FileStream Create(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>Writes a piece.</summary>
    protected virtual void Append(FileStream file, ReadOnlySpan<byte> piece) => file.Write(piece);

    /// <summary>Waits until the disk has it.</summary>
    protected virtual void Flush(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Renames a file over another one.</summary>
    protected virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Deletes a file that may be missing.</summary>
    protected virtual void Delete(string path) => File.Delete(path);
}
