using System.IO;
using EdgeCnn.Cli.Terminal;

namespace EdgeCnn.Cli.Files;

/// <summary>Paths that the user names as inputs, checked before anything opens them, so that the refusal is in the user's words.</summary>
internal static class InputPath
{
    /// <summary>The path of an existing file.</summary>
    /// <param name="path">What the user wrote.</param>
    /// <param name="what">What the file should be, for the message.</param>
    public static string OfFile(string path, string what)
    {
        if (Directory.Exists(path))
            throw new RefusedException($"{path}: is a folder; name the {what} in it");
        if (!File.Exists(path))
            throw new RefusedException($"{path}: there is no such file; name the {what}");
        return path;
    }

    /// <summary>The path of an existing folder.</summary>
    /// <param name="path">What the user wrote.</param>
    /// <param name="what">What the folder should hold, for the message.</param>
    public static string OfFolder(string path, string what)
    {
        if (!Directory.Exists(path))
            throw new RefusedException($"{path}: there is no such folder; name the one with {what}");
        return path;
    }
}
