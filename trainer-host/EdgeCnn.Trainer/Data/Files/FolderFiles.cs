using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeCnn.Trainer.Data.Files;

/// <summary>The files of a folder and the folders in it.</summary>
internal sealed class FolderFiles(string folder) : FileSet(folder.TrimEnd('/', Path.DirectorySeparatorChar), NamesIn(folder))
{
    /// <summary>Deep enough for any layout; ends a link that leads back to its own folder.</summary>
    private const int Deepest = 8;

    private protected override Stream Open(string name, out long length)
    {
        var stream = File.OpenRead(Path.Combine(folder, name));
        length = stream.Length;
        return stream;
    }

    private static IEnumerable<string> NamesIn(string folder)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Deepest, IgnoreInaccessible = false };
        return Directory.EnumerateFiles(folder, "*", all)
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));
    }
}
