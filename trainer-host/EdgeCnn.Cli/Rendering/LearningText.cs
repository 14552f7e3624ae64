using System;
using System.Globalization;
using EdgeCnn.Trainer.Learning;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What a plan for learning says.</summary>
internal static class LearningText
{
    /// <summary>Its memory beside that of inference.</summary>
    public static string Describe(LearningMemory plan) =>
        $"{Number(plan.TotalBytes)} bytes of RAM: {Number(plan.InferenceBytes)} as for inference, {Number(plan.LastingBytes)} that last, "
        + $"{Number(plan.PassingBytes)} more during a step";

    /// <summary>A line for every operator on the way back.</summary>
    public static void WriteLayers(IAnsiConsole console, LearningMemory plan) => Columns.Write<LearningLayer>(
        console, plan.Layers,
        new("#", layer => Number(layer.Operator), true),
        new("way back", layer => layer.Name),
        new("learns", Learns),
        new("weights", layer => layer.Weights == 0 ? "" : Number(layer.Weights), true),
        new("weight bytes", layer => layer.PersistentBytes == 0 ? "" : Number(layer.PersistentBytes), true),
        new("kept of a run", layer => layer.SavedBytes == 0 ? "" : Number(layer.SavedBytes), true));

    public static string Number(long value) => value.ToString("n0", CultureInfo.InvariantCulture);

    private static string Learns(LearningLayer layer)
    {
        if (layer.LearningChannels == 0) return layer.BiasesLearn ? "biases" : "";
        return layer.LearningChannels == layer.Channels
            ? "all"
            : FormattableString.Invariant($"channels {layer.FirstChannel} to {layer.FirstChannel + layer.LearningChannels - 1} of {layer.Channels}, biases");
    }
}
