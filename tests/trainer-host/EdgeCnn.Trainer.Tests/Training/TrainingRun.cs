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

    public static (Network<T> Network, TrainingResult Result) Of<T>(
        Recipe recipe, Dataset data, int epochs, int threads, double? stopAtLoss = null, IProgress<TrainingProgress>? progress = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = recipe.CreateNetwork<T>();
        using var loop = new TrainingLoop<T>(
            network, recipe.CreateLoss<T>(), recipe.CreateOptimizer<T>(), recipe.CreateSchedule(), recipe.Normalization,
            new TrainingSettings(recipe.Batch, epochs, recipe.Seed, stopAtLoss, threads)
            {
                Augmenter = recipe.CreateAugmenter(),
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
