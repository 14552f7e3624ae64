using System.IO;

namespace EdgeCnn.Managed;

/// <summary>The steps that <see cref="AtomicFile"/> takes on a disk. A test takes its place to cut the power between any two of them, or to
/// have no room.</summary>
internal class Disk
{
    /// <summary>The computer's own.</summary>
    internal static Disk Own { get; } = new();

    /// <summary>Makes a file that is not there yet, for writing.</summary>
    internal virtual FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    /// <summary>Renames a file over another one.</summary>
    internal virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Deletes a file that may be missing.</summary>
    internal virtual void Delete(string path) => File.Delete(path);
}
