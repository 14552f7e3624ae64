using System;
using System.Globalization;
using EdgeCnn.Cli.Results;
using EdgeCnn.Trainer.Report;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>compare</c> says.</summary>
internal static class CompareText
{
    public static void Write(IAnsiConsole console, CompareResult result)
    {
        Columns.Write<LayerComparison>(
            console, result.Layers,
            new("#", layer => layer.Operator.ToString(CultureInfo.InvariantCulture), true),
            new("layer", layer => layer.Name),
            new("SQNR dB", layer => layer.SqnrDb?.ToString("f1", CultureInfo.InvariantCulture) ?? "exact", true),
            new("max error", layer => Number(layer.MaxError), true),
            new("in steps", layer => (layer.MaxError / layer.Step).ToString("f1", CultureInfo.InvariantCulture), true),
            new("at", layer => FormattableString.Invariant($"image {layer.MaxErrorImage}, element {layer.MaxErrorElement}")));
        console.Profile.Out.Writer.WriteLine();
        Facts.Write(
            console,
            ("images", result.Images.ToString("n0", CultureInfo.InvariantCulture)),
            ("float accuracy", Share(result.FloatAccuracy)),
            ($"{result.Integers} accuracy", Share(result.Int8Accuracy)),
            ("same answer", Share(result.Agreement)));
        if (result.Learning is not { } learning) return;
        Facts.Write(
            console,
            ("float learned", $"{Share(learning.Float[0].Accuracy)} to {Share(learning.Float[^1].Accuracy)}"),
            ("int8 learned", $"{Share(learning.Integer[0].Accuracy)} to {Share(learning.Integer[^1].Accuracy)}"),
            ("curves", learning.Chart));
    }

    private static string Number(double value) => value.ToString("g3", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("p2", CultureInfo.InvariantCulture);
}
