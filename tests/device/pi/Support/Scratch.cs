using System;
using System.IO;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>A folder for one test, gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("edgecnn-pi-").FullName;

    /// <summary>Path of a name in it.</summary>
    public string At(params string[] names) => Path.Combine([Folder, .. names]);

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
