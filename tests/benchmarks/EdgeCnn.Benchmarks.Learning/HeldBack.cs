using System;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Benchmarks.Learning;

/// <summary>A network that was trained without one of its classes.</summary>
/// <param name="NetworkFile">The float network.</param>
/// <param name="Model">The model made of it.</param>
internal sealed record HeldBack(string NetworkFile, byte[] Model)
{
    /// <summary>Trains by the recipe on all images but those of a class.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="train">All training images.</param>
    /// <param name="label">The class that is held back.</param>
    /// <param name="epochs">Passes over the images.</param>
    /// <param name="networkFile">Where to write the float network.</param>
    public static HeldBack Train(Recipe recipe, Dataset train, int label, int epochs, string networkFile)
    {
        Dataset others = train.Select([.. Enumerable.Range(0, train.Count).Where(i => train.Labels[i] != label)]);
        Network<float> network = recipe.CreateNetwork<float>();
        network.Initialize(recipe.Seed);
        using var loop = new TrainingLoop<float>(
            network, recipe.CreateLoss<float>(), recipe.CreateOptimizer<float>(), recipe.CreateSchedule(), recipe.Normalization,
            new TrainingSettings(recipe.Batch, epochs, recipe.Seed, Threads: Environment.ProcessorCount));
        loop.Run(others);
        NetworkSerializer.Save(networkFile, recipe, network);
        return new HeldBack(networkFile, ModelExport.ToBytes(recipe, network, train));
    }

    /// <summary>Samples of which a share, on average, is of the class that was held back.</summary>
    public static Dataset Samples(Dataset train, int label, double share, int count, int seed)
    {
        var random = new Random(seed);
        int[][] kinds = [.. Enumerable.Range(0, train.Count).GroupBy(i => train.Labels[i] == label).OrderBy(group => group.Key).Select(group => group.ToArray())];
        return train.Select([.. Enumerable.Range(0, count)
            .Select(_ => kinds[random.NextDouble() < share ? 1 : 0]).Select(kind => kind[random.Next(kind.Length)])]);
    }
}
