using System;
using System.IO;

namespace EdgeCnn.Tests;

/// <summary>Where the repository and the shared data are.</summary>
internal static class Repository
{
    /// <summary>The folder that holds EdgeCnn.sln.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Real data sets and reference results; may not exist.</summary>
    internal static string Shared { get; } =
        Environment.GetEnvironmentVariable("EDGECNN_SHARED") is { Length: > 0 } set ? set : Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EdgeCnn.sln"))) return folder.FullName;
        throw new InvalidOperationException("the tests run inside the repository");
    }
}
