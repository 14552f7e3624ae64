using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;

namespace EdgeCnn.Cli.Files;

/// <summary>
/// A folder that a command will write into. It is tried before long work starts and made only when there is something to put in it.
/// </summary>
internal sealed class OutputFolder
{
    /// <summary>Checks that files of these names can be written.</summary>
    /// <param name="path">The folder; it may not exist yet.</param>
    /// <param name="names">Names of the files that will be written.</param>
    /// <exception cref="RefusedException">They can't; nothing was changed.</exception>
    public OutputFolder(string path, params string[] names)
    {
        Path = path.Length > 0 ? path : ".";
        foreach (string name in names)
        {
            AtomicFile.Target(File(name));
        }
        Try(Path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder if it is missing.</summary>
    public void Create() => Directory.CreateDirectory(Path);

    /// <summary>The same check for one file whose folder the user did not name.</summary>
    /// <param name="file">The file to write.</param>
    /// <param name="read">Files that the command reads, none of which it may replace.</param>
    /// <exception cref="RefusedException">It can't be written, or is one of those that are read.</exception>
    public static OutputFolder Of(string file, params IEnumerable<string> read)
    {
        string target = AtomicFile.Target(file);
        if (read.FirstOrDefault(path => AtomicFile.RealPath(path) == target) is { } same)
            throw new RefusedException($"{file}: this is {same}, which the command reads; choose another output");
        return Of(file);
    }

    private static OutputFolder Of(string file) => new(System.IO.Path.GetDirectoryName(file) ?? "", System.IO.Path.GetFileName(file));

    /// <summary>Writes and deletes an empty file in the folder, or in the nearest parent that exists.</summary>
    private static void Try(string folder)
    {
        string? existing = System.IO.Path.GetFullPath(folder);
        while (existing is not null && !Directory.Exists(existing))
        {
            if (System.IO.File.Exists(existing))
                throw new RefusedException($"{folder}: {existing} is a file, not a folder; choose another output folder");
            existing = System.IO.Path.GetDirectoryName(existing);
        }
        try
        {
            string probe = System.IO.Path.Combine(existing ?? ".", $".{CommandLine.ToolName}-{Guid.NewGuid():N}.tmp");
            using var stream = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{folder}: can't be written ({refused.Message}) Choose another output folder.");
        }
    }
}
