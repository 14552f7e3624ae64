using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeCnn.Trainer.Data.Files;

/// <summary>Many small files in one place, a folder or an archive, that are read one at a time.</summary>
internal abstract class FileSet : IDisposable
{
    /// <summary>Largest file that is read.</summary>
    public const long MostBytes = 1 << 28;

    /// <summary>Names of metadata that some systems leave behind.</summary>
    private static readonly string[] Clutter = ["Thumbs.db", "desktop.ini", "__MACOSX"];

    private protected FileSet(string place, IEnumerable<string> names)
    {
        Place = place;
        Names = [.. names.Where(IsWanted).Order(StringComparer.Ordinal)];
    }

    /// <summary>The folder or archive, for messages.</summary>
    public string Place { get; }

    /// <summary>Paths inside the place, with '/', in ordinal order: the same on every file system.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>A file as messages call it.</summary>
    public string PathOf(string name) => $"{Place}/{name}";

    /// <summary>The content of one file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or larger than <see cref="MostBytes"/>.</exception>
    public byte[] Read(string name)
    {
        using var stream = Open(name, out var length);
        if (length > MostBytes)
            throw TooLarge(name);
        var content = new byte[length];
        try
        {
            var read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (read < content.Length)
                throw new InvalidDataException($"{PathOf(name)}: ends after {read} of {length} bytes");
            return IsIntact(name, content) ? content : throw new InvalidDataException("its checksum differs");
        }
        catch (InvalidDataException damaged) when (!damaged.Message.StartsWith(Place, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{PathOf(name)}: damaged: {damaged.Message}", damaged);
        }
    }

    /// <summary>Opens what the user named.</summary>
    /// <param name="path">A folder, or a <c>.zip</c> file.</param>
    /// <param name="archive">Name of the <c>.zip</c> file in the folder; null: the folder's only one, if it has no folders, else its
    /// files.</param>
    public static FileSet Open(string path, string? archive)
    {
        if (File.Exists(path))
            return ZipFiles.IsArchive(path)
                ? new ZipFiles(path)
                : throw new InvalidDataException($"{path}: is neither a folder nor a .zip archive");
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"{path}: there is no such folder or archive");
        if (archive is not null)
            return new ZipFiles(Path.Combine(path, archive));
        var archives = Directory.EnumerateFiles(path).Where(ZipFiles.IsArchive).ToArray();
        return archives.Length == 1 && !Directory.EnumerateDirectories(path).Any() ? new ZipFiles(archives[0]) : new FolderFiles(path);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Whether the content is what the place says of it.</summary>
    private protected virtual bool IsIntact(string name, ReadOnlySpan<byte> content) => true;

    private protected abstract Stream Open(string name, out long length);

    private InvalidDataException TooLarge(string name) =>
        new($"{PathOf(name)}: is larger than {MostBytes} bytes; split or shrink it");

    private static bool IsWanted(string name) =>
        !name.EndsWith('/')
        && !name.Split('/').Any(part => part.StartsWith('.') || Clutter.Contains(part, StringComparer.OrdinalIgnoreCase));
}
