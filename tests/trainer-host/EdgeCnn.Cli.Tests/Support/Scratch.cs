using System;
using System.IO;
using System.Linq;

namespace EdgeCnn.Cli.Tests.Support;

/// <summary>A folder for one test, gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("edgecnn-cli-").FullName;

    /// <summary>Every file and folder in it, hidden ones too.</summary>
    public string[] Entries =>
    [
        .. Directory.EnumerateFileSystemEntries(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(entry => Path.GetRelativePath(Folder, entry)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Path of a name in it.</summary>
    public string At(params string[] names) => Path.Combine([Folder, .. names]);

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    /// <inheritdoc cref="Write(string, byte[])"/>
    public string Write(string name, string content)
    {
        File.WriteAllText(At(name), content);
        return At(name);
    }

    /// <summary>Makes a file of zeros that takes no room on the disk.</summary>
    /// <returns>Its path.</returns>
    public string Sparse(string name, long bytes)
    {
        using (FileStream file = File.Create(At(name))) file.SetLength(bytes);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
