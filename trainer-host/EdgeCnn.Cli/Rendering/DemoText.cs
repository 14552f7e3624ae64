using System;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>demo</c> says at its end: some pictures with the model's answers, then the numbers.</summary>
internal static class DemoText
{
    private const string Gap = "  ";

    public static void Write(IAnsiConsole console, TrainResult result)
    {
        TextWriter writer = console.Profile.Out.Writer;
        string[][] pictures = [.. result.Samples.Select(sample => BraillePicture.Lines(sample.Pixels, sample.Shape))];
        for (int line = 0; line < pictures[0].Length; line++)
            writer.WriteLine(string.Join(Gap, pictures.Select(picture => picture[line])));
        writer.WriteLine(string.Join(Gap, result.Samples.Select((sample, i) => Answer(sample).PadRight(pictures[i][0].Length))).TrimEnd());
        writer.WriteLine();
        TrainText.Write(console, result);
    }

    private static string Answer(SampleResult sample) => FormattableString.Invariant(
        $"{sample.Label} ({sample.Score:p1}){(sample.Label == sample.Expected ? "" : $" not {sample.Expected}")}");
}
