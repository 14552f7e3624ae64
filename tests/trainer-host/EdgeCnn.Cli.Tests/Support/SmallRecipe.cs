using System;

namespace EdgeCnn.Cli.Tests.Support;

/// <summary>A recipe that trains in about a second, and how to spoil it.</summary>
internal static class SmallRecipe
{
    public const int TrainingImages = 2000, TestImages = 300;

    /// <summary>The member that says where images come from.</summary>
    public static string Data { get; } = FormattableString.Invariant(
        $$"""{ "kind": "drawnDigits", "train": {{TrainingImages}}, "test": {{TestImages}} }""");

    public static string Text { get; } = $$"""
        {
          "name": "small",
          "data": {{Data}},
          "input": [28, 28, 1],
          "normalization": { "mean": [0.2], "deviation": [0.25] },
          "classes": 10,
          "network": [
            { "kind": "conv2d", "filters": 4, "kernel": 5, "padding": 2 },
            "relu",
            { "kind": "maxPool", "kernel": 4 },
            { "kind": "fullyConnected", "units": 10 },
          ],
          "output": "softmax",
          "loss": "softmaxCrossEntropy",
          "optimizer": { "kind": "sgd", "momentum": 0.9 },
          "schedule": { "kind": "cosine", "rate": 0.02 },
          "batch": 32,
          "epochs": 2,
        }
        """;

    /// <summary>The recipe with something else in a place.</summary>
    public static string With(string old, string other) => Text.Contains(old, StringComparison.Ordinal)
        ? Text.Replace(old, other, StringComparison.Ordinal)
        : throw new ArgumentException($"the recipe does not contain {old}");
}
