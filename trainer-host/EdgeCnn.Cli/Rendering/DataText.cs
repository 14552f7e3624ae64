using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeCnn.Cli.Results;
using EdgeCnn.Trainer.Report;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>data</c> says.</summary>
internal static class DataText
{
    /// <summary>Characters that a row of pictures may be wide.</summary>
    private const int RowWidth = 100;

    private const int LongestCaption = 12, PixelsPerCharacter = 2, Gap = 2;

    public static void Write(IAnsiConsole console, DataResult result)
    {
        int width = Math.Max(1, RowWidth / (result.Shape[1] / PixelsPerCharacter + Gap));
        foreach (SampleResult[] row in result.Pictures.Chunk(width))
        {
            PictureRow.Write(console.Profile.Out.Writer, row, sample => Short(sample.Expected));
            console.Profile.Out.Writer.WriteLine();
        }
        Columns.Write<ClassCount>(
            console, result.Classes,
            new("class", row => row.Name),
            new("train", row => Count(row.Train), true),
            new("validation", row => Count(row.Validation), true),
            new("test", row => Count(row.Test), true));
        console.Profile.Out.Writer.WriteLine();
        Facts.Write(
            console,
            ("shape", string.Join('×', result.Shape)),
            ("samples", $"{Count(result.Train)} to train, {Count(result.Validation)} to validate, {Count(result.Test)} to test"),
            ("balance", $"{result.Balance.ToString("f2", CultureInfo.InvariantCulture)} (smallest class per largest)"),
            ("mean", Numbers(result.Mean)),
            ("deviation", Numbers(result.Deviation)));
    }

    private static string Short(string name) => name.Length <= LongestCaption ? name : name[..(LongestCaption - 1)] + "…";

    private static string Count(int value) => value.ToString("n0", CultureInfo.InvariantCulture);

    private static string Numbers(IEnumerable<double> values) =>
        string.Join(", ", values.Select(value => value.ToString("f4", CultureInfo.InvariantCulture)));
}
