using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeCnn.Tests;

/// <summary>A page of the documentation, in Markdown.</summary>
/// <param name="path">The file.</param>
internal sealed partial class DocumentPage(string path)
{
    private const string Fence = "```";
    private readonly string[] _lines = File.ReadAllLines(path);

    /// <summary>All pages, relative to the repository's root.</summary>
    internal static IEnumerable<string> All { get; } =
    [
        .. from file in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
           let name = Path.GetRelativePath(Repository.Root, file)
           where !name.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "out" or "node_modules" or ".git")
           orderby name
           select name,
    ];

    /// <summary>Those that show an example from data to device.</summary>
    internal static IEnumerable<string> Examples { get; } = [.. All.Where(page => Regex.IsMatch(page, @"^models/.*/README\.md$"))];

    /// <summary>Opens one by its name.</summary>
    internal static DocumentPage Open(string name) => new(Path.Combine(Repository.Root, name));

    /// <summary>The blocks in a language, such as <c>sh</c> or <c>json</c>; null: all lines of code.</summary>
    internal IReadOnlyList<string> Blocks(string? language)
    {
        var blocks = new List<string>();
        var block = new List<string>();
        bool isCode = false, isWanted = false;
        foreach (string line in _lines)
        {
            if (line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                if (isCode && isWanted) blocks.Add(string.Join('\n', block));
                block.Clear();
                isCode = !isCode;
                isWanted = isCode && (language is null || line.TrimStart()[Fence.Length..] == language);
            }
            else if (isWanted)
            {
                block.Add(line.Trim());
            }
            else if (!isCode && language is null && line.StartsWith("    ", StringComparison.Ordinal))
            {
                blocks.Add(line.Trim());
            }
        }
        return blocks;
    }

    /// <summary>The arguments of every command that calls a program, up to where the shell's own signs begin.</summary>
    /// <param name="program">Pattern of how the program is called.</param>
    internal IEnumerable<string[]> Commands(string program) =>
        from line in string.Join('\n', Blocks(null)).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        let call = Regex.Match(line, $@"^(?:\$ )?(?:{program}) ([^|<>&;#]*)")
        where call.Success
        select call.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The files of the repository that the page shows, links to, or calls by their path from the root.</summary>
    internal IEnumerable<string> Files()
    {
        string folder = Path.GetDirectoryName(path)!;
        IEnumerable<string> linked = Links().Matches(string.Join('\n', _lines)).Select(link => Path.Combine(folder, link.Groups[1].Value));
        // What a build makes is there after it.
        IEnumerable<string> called = Paths().Matches(string.Join('\n', Blocks("sh"))).Select(call => call.Value)
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal));
        return [.. linked, .. called.Select(file => Path.Combine(Repository.Root, file))];
    }

    [GeneratedRegex("""(?:\]\(|src=")(?!https?:|#)([^)#"\s]+)""")]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<![\w/.])(?:models|device|tests|trainer-host)/[\w./-]+")]
    private static partial Regex Paths();
}
