using System;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>report</c> says at its end.</summary>
internal static class ReportText
{
    public static void Write(IAnsiConsole console, ReportResult result) => Facts.Write(
        console,
        ("float accuracy", FormattableString.Invariant($"{result.FloatAccuracy:p2} of {result.Images:n0} unseen images")),
        ($"{result.Integers} accuracy", FormattableString.Invariant($"{result.Int8Accuracy:p2}, {result.Mistakes:n0} mistakes")),
        ("curves", result.Epochs > 0
            ? FormattableString.Invariant($"of {result.Epochs} epochs")
            : $"none: there is no {Training.TrainingFiles.LogFile} beside the model"),
        ("page", FormattableString.Invariant($"{result.ReportPath}, {result.FileBytes:n0} bytes")));
}
