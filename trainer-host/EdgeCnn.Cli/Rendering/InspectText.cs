using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>inspect</c> says.</summary>
internal static class InspectText
{
    public static void Write(IAnsiConsole console, InspectResult result)
    {
        Facts.Write(
            console,
            [
                ("model", result.ModelPath),
                .. result.Meta.Select(pair => (pair.Key, pair.Value)),
                ("self-test", result.HasTest ? "yes" : "no"),
                ("id", $"{result.ModelId} ({(result.IsIntact ? "intact" : "NOT of this content: the file was changed")})"),
                ("signed", result.SignedBy is { } key ? $"by key {key} ('{CommandLine.ToolName} verify' checks it)" : "no"),
                ("file", $"{Number(result.FileBytes)} bytes, {Number(result.WeightBytes)} of them weights"),
                ("arena", $"{Number(result.ArenaBytes)} bytes"),
                ("learning", result.Learning is { } plan ? LearningText.Describe(plan) : "no"),
                ("largest layer", $"{Number(result.LargestLayerBytes)} bytes"),
                ("in a window", $"{Number(result.WindowedBytes)} bytes of RAM in all, on a board that reads the weights out of a file"),
                ("work", $"{Number(result.Macs)} multiply-accumulates"),
                .. result.Inputs.Select(tensor => ("input", Describe(tensor))),
                .. result.Outputs.Select(tensor => ("output", Describe(tensor))),
            ]);
        console.WriteLine();
        Columns.Write<SectionResult>(
            console, result.Sections,
            new("section", section => section.Name),
            new("offset", section => Number(section.Offset), true),
            new("bytes", section => Number(section.Bytes), true));
        console.WriteLine();
        Columns.Write<OperatorResult>(
            console, result.Operators,
            new("#", op => Number(op.Index), true),
            new("operator", op => op.Name),
            new("input", op => Shapes.Of(op.InputShape)),
            new("output", op => Shapes.Of(op.OutputShape)),
            new("MACs", op => Number(op.Macs), true),
            new("weights", op => Number(op.WeightBytes), true),
            new("reads at", op => Number(op.InputOffset), true),
            new("writes at", op => Number(op.OutputOffset), true),
            new("scratch", op => Number(op.ScratchBytes), true));
        if (result.Learning is null) return;
        console.WriteLine();
        LearningText.WriteLayers(console, result.Learning);
    }

    private static string Describe(TensorResult tensor)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{tensor.Name}: {Shapes.Of(tensor.Shape)} {tensor.Type}, real = {tensor.Scale:g6} · (q − {Signed(tensor.ZeroPoint)})"
            + $", at {tensor.ArenaOffset}");
        if (tensor.TakesPixels)
            text += ", takes pixels";
        if (tensor.SoundSamples > 0)
            text += $" or {Number(tensor.SoundSamples)} samples of sound, {Number(tensor.SoundRate)} per second";
        return tensor.Labels.Count == 0 ? text : $"{text}, labels {string.Join(' ', tensor.Labels)}";
    }

    private static string Signed(int zeroPoint) => zeroPoint < 0 ? FormattableString.Invariant($"({zeroPoint})") : Number(zeroPoint);

    private static string Number(long value) => value.ToString("n0", CultureInfo.InvariantCulture);
}
