using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace EdgeCnn.Trainer.Data.Files;

/// <summary>
/// The files of a <c>.zip</c> archive, read in place. Nothing is unpacked to disk, so names can lead nowhere, and no more is unpacked to
/// memory than the one file that is read.
/// </summary>
internal sealed class ZipFiles : FileSet
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    /// <summary>Opens an archive.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public ZipFiles(string path)
        : this(path, Directory(path))
    {
    }

    private ZipFiles(string path, ZipArchive archive)
        : base(path, archive.Entries.Select(entry => entry.FullName))
    {
        _archive = archive;
        _entries = new(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            if (!_entries.TryAdd(entry.FullName, entry) && !entry.FullName.EndsWith('/'))
                throw new InvalidDataException($"{path}: has two files named '{entry.FullName}'; pack it again");
        }
    }

    /// <summary>Whether a file's name says that it is an archive.</summary>
    public static bool IsArchive(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _archive.Dispose();
        base.Dispose();
    }

    private protected override Stream Open(string name, out long length)
    {
        var entry = _entries[name];
        length = entry.Length;
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException($"{PathOf(name)}: damaged: {damaged.Message}", damaged);
        }
    }

    private protected override unsafe bool IsIntact(string name, ReadOnlySpan<byte> content)
    {
        fixed (byte* bytes = content)
            return Crc32.Of(bytes, 0, content.Length) == _entries[name].Crc32;
    }

    private static ZipArchive Directory(string path)
    {
        var file = File.OpenRead(path);
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read);
            _ = archive.Entries.Count;
            return archive;
        }
        catch (InvalidDataException damaged)
        {
            file.Dispose();
            throw new InvalidDataException($"{path}: is no archive, or a damaged one: {damaged.Message}", damaged);
        }
    }
}
