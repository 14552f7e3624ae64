using System;
using System.Collections.Generic;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>train</c> says at its end.</summary>
internal static class TrainText
{
    public static void Write(IAnsiConsole console, TrainResult result) => Facts.Write(
        console,
        [
            ("float accuracy", FormattableString.Invariant($"{result.FloatAccuracy:p2} of {result.TestImages:n0} unseen images")),
            ($"{result.Integers} accuracy", FormattableString.Invariant($"{result.Int8Accuracy:p2}")),
            ("training", FormattableString.Invariant(
                $"{result.Seconds:f1} s: {result.Epochs} × {result.TrainingImages:n0} images, {result.SamplesPerSecond:n0} per second")),
            ("file", FormattableString.Invariant($"{result.FileBytes:n0} bytes")),
            ("arena", FormattableString.Invariant($"{result.ArenaBytes:n0} bytes")),
            ("self-test", "passed"),
            ("model", result.ModelPath),
            .. Second(result.Int4),
        ]);

    private static IEnumerable<(string Name, string Value)> Second(Int4Result? int4) => int4 is null
        ? []
        :
        [
            ("int4 accuracy", FormattableString.Invariant($"{int4.Accuracy:p2}")),
            ("int4 file", FormattableString.Invariant($"{int4.FileBytes:n0} bytes")),
            ("int4 model", int4.ModelPath),
        ];
}
