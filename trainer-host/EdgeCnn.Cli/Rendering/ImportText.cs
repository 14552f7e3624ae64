using System;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>import</c> says at its end.</summary>
internal static class ImportText
{
    public static void Write(IAnsiConsole console, ImportResult result) => Facts.Write(
        console,
        ("file", FormattableString.Invariant($"{result.FileBytes:n0} bytes, from {result.SourceBytes:n0}")),
        ("arena", FormattableString.Invariant($"{result.ArenaBytes:n0} bytes")),
        ("operators", FormattableString.Invariant($"{result.Operators}")),
        ("model", result.ModelPath));
}
