using System.IO;
using Xunit;

namespace EdgeCnn.Tests;

/// <summary>The data sets beside the repository.</summary>
internal static class SharedData
{
    /// <summary>The folder <paramref name="name"/> of the data; skips the test when it is absent.</summary>
    public static string Folder(string name)
    {
        var folder = Path.Combine(Repository.Shared, "data", name);
        Assert.SkipUnless(Directory.Exists(folder), $"needs the data set {name} in {folder}; set EDGECNN_SHARED to the folder above data");
        return folder;
    }
}
