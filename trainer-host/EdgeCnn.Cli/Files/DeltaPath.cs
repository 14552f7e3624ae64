using System.CommandLine;
using System.Linq;

namespace EdgeCnn.Cli.Files;

/// <summary>The --delta option of commands that read what a model has learned.</summary>
internal static class DeltaPath
{
    public static Option<string[]> Option(string description) => new("--delta")
    {
        Description = $"{description}; repeat it for several, which add up",
        HelpName = "FILE",
    };

    /// <summary>The paths, each of an existing file.</summary>
    public static string[] Checked(string[]? paths) => [.. (paths ?? []).Select(path => InputPath.OfFile(path, "delta"))];
}
