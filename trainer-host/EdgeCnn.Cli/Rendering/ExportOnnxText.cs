using System;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>export-onnx</c> says at its end.</summary>
internal static class ExportOnnxText
{
    public static void Write(IAnsiConsole console, ExportOnnxResult result) => Facts.Write(
        console,
        ("file", FormattableString.Invariant($"{result.FileBytes:n0} bytes, {result.Parameters:n0} parameters")),
        ("network", result.OnnxPath));
}
