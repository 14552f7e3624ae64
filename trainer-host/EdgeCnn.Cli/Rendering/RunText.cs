using System.Globalization;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>run</c> says.</summary>
internal static class RunText
{
    public static void Write(IAnsiConsole console, RunResult result) => Columns.Write<OutputResult>(
        console, result.Outputs,
        new("image", output => output.Image.ToString(CultureInfo.InvariantCulture), true),
        new("output", output => output.Output),
        new("class", output => output.Class.ToString(CultureInfo.InvariantCulture), true),
        new("label", output => output.Label ?? ""),
        new("score", output => output.Score.ToString("f4", CultureInfo.InvariantCulture), true));
}
