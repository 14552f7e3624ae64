using System.IO;

namespace EdgeCnn.Trainer.Data.Files;

/// <summary>One file of a folder.</summary>
internal sealed class SingleFile(string path) : FileSet(Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".", [])
{
    /// <summary>Its name.</summary>
    public string Name { get; } = Path.GetFileName(path);

    private protected override Stream Open(string name, out long length)
    {
        var stream = File.OpenRead(path);
        length = stream.Length;
        return stream;
    }
}
