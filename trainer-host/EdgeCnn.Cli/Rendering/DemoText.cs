using System;
using System.IO;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>demo</c> says at its end: some pictures with the model's answers, then the numbers.</summary>
internal static class DemoText
{
    public static void Write(IAnsiConsole console, TrainResult result)
    {
        TextWriter writer = console.Profile.Out.Writer;
        PictureRow.Write(writer, result.Samples, Answer);
        writer.WriteLine();
        TrainText.Write(console, result);
    }

    private static string Answer(SampleResult sample) => FormattableString.Invariant(
        $"{sample.Label} ({sample.Score:p1}){(sample.Label == sample.Expected ? "" : $" not {sample.Expected}")}");
}
