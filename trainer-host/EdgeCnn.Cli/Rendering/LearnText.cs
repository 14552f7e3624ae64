using System.Globalization;
using EdgeCnn.Cli.Results;
using EdgeCnn.Trainer.Learning;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>learn</c> says.</summary>
internal static class LearnText
{
    public static void Write(IAnsiConsole console, LearnResult result)
    {
        CurvePoint first = result.Curve[0], last = result.Curve[^1];
        Facts.Write(
            console,
            ("model", result.ModelPath),
            ("learned", $"{LearningText.Number(result.Steps)} samples, one at a time"),
            ("accuracy", $"{Share(first.Accuracy)} before, {Share(last.Accuracy)} after, of {LearningText.Number(result.TestImages)} images"),
            ("loss", $"{Number(first.Loss)} before, {Number(last.Loss)} after"),
            ("delta", result.Delta is null ? "none: floats learned" : $"{result.Delta}, {LearningText.Number(result.DeltaBytes)} bytes"));
    }

    /// <summary>A point of the curve as a line of progress.</summary>
    public static string Line(CurvePoint point) =>
        $"{LearningText.Number(point.Step),8}  accuracy {Share(point.Accuracy),8}  loss {Number(point.Loss)}";

    private static string Share(double value) => value.ToString("p2", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("f4", CultureInfo.InvariantCulture);
}
