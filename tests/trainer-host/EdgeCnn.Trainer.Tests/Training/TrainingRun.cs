using System;
using System.IO;
using System.Numerics;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Tests.Training;

/// <summary>Short trainings of recipes, for tests.</summary>
internal static class TrainingRun
{
    public static Recipe Recipe(string model) => Trainer.Recipes.Recipe.Load(Path.Combine(Repository.Root, "models", model, "recipe.json"));

    /// <summary>A small network for drawn digits with batch normalization, a residual block and depthwise-separable convolutions.</summary>
    public static Recipe Residual(int batch) => Trainer.Recipes.Recipe.Parse(
        $$"""
        {
          "name": "residual", "data": { "kind": "drawnDigits" }, "input": [28, 28, 1], "classes": 10, "batch": {{batch}},
          "loss": "softmaxCrossEntropy", "optimizer": { "kind": "sgd", "momentum": 0.9 }, "schedule": { "kind": "fixed", "rate": 0.02 },
          "network": [
            { "kind": "conv2d", "filters": 7, "kernel": 5, "stride": 3 }, "batchNorm", "relu",
            { "kind": "residual", "body": [{ "kind": "conv2d", "filters": 7, "kernel": 3, "padding": 1 }, "batchNorm"] }, "relu",
            { "kind": "depthwiseConv2d", "kernel": 3, "stride": 2, "multiplier": 5, "padding": "same" }, "batchNorm", "relu",
            { "kind": "depthwiseConv2d", "kernel": 3, "padding": 1 }, "batchNorm", "relu6",
            { "kind": "conv2d", "filters": 70, "kernel": 1 }, "batchNorm", "relu",
            { "kind": "fullyConnected", "units": 10 },
          ],
        }
        """);

    /// <summary>A network for drawn digits whose second convolution runs by Winograd's algorithm.</summary>
    public static Recipe Winograd(int batch) => Trainer.Recipes.Recipe.Parse(
        $$"""
        {
          "name": "winograd", "data": { "kind": "drawnDigits" }, "input": [28, 28, 1], "classes": 10, "batch": {{batch}},
          "loss": "softmaxCrossEntropy", "optimizer": { "kind": "sgd", "momentum": 0.9 }, "schedule": { "kind": "fixed", "rate": 0.02 },
          "augmentation": ["flipHorizontal", { "kind": "shift", "x": 2 }],
          "network": [
            { "kind": "conv2d", "filters": 16, "kernel": 3, "stride": 2, "padding": 1 }, "relu",
            { "kind": "conv2d", "filters": 16, "kernel": 3, "padding": 1 }, "relu",
            { "kind": "maxPool", "kernel": 2 },
            { "kind": "fullyConnected", "units": 10 },
          ],
        }
        """);

    public static (Network<T> Network, TrainingResult Result) Of<T>(
        Recipe recipe, Dataset data, int epochs, int threads, double? stopAtLoss = null, IProgress<TrainingProgress>? progress = null,
        bool ahead = true)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = recipe.CreateNetwork<T>();
        using var loop = new TrainingLoop<T>(
            network, recipe.CreateLoss<T>(), recipe.CreateOptimizer<T>(), recipe.CreateSchedule(), recipe.Normalization,
            new TrainingSettings(recipe.Batch, epochs, recipe.Seed, stopAtLoss, threads)
            {
                Augmenter = recipe.CreateAugmenter(),
                AugmentAhead = ahead,
                Regularization = recipe.Regularization,
                StopRules = recipe.CreateStopRules(),
            });
        return (network, loop.Run(data, progress));
    }

    /// <summary>FNV-1a over the bytes of all weights.</summary>
    public static ulong Hash(Network<float> network)
    {
        var hash = 14695981039346656037;
        foreach (var parameter in network.Parameters)
        {
            foreach (var value in parameter.Values)
                hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
        }

        return hash;
    }
}
