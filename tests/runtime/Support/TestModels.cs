using System;
using System.Linq;
using System.Threading;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Tests;

/// <summary>Models of whole networks for tests that care about structure, not about accuracy.</summary>
internal static class TestModels
{
    private static readonly Lazy<byte[]> LeNet = new(() => Untrained("models/lenet5/recipe.json"), LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>LeNet-5 with random weights, calibrated on drawn digits.</summary>
    internal static byte[] LeNet5 => LeNet.Value;

    /// <summary>Drawn digits, 28×28.</summary>
    internal static Dataset Digits(int count) => DrawnDigits.Draw(seed: 5, first: 0, count);

    private static byte[] Untrained(string recipePath)
    {
        Recipe recipe = Recipe.Load(System.IO.Path.Combine(Repository.Root, recipePath));
        Network<float> network = recipe.CreateNetwork<float>();
        foreach (var bias in network.Parameters.Where(parameter => !parameter.IsWeight))
        {
            for (int i = 0; i < bias.Length; i++) bias.Values[i] = (i % 7 - 3) * 0.05f;
        }
        network.WeightsChanged();
        return ModelExport.ToBytes(recipe, network, Digits(50));
    }
}
