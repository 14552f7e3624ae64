using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Tests;

/// <summary>Models of whole networks for tests that care about structure, not about accuracy.</summary>
internal static class TestModels
{
    /// <summary>The recipe of LeNet-5.</summary>
    internal static Recipe LeNet5Recipe { get; } = Recipe.Load(Path.Combine(Repository.Root, "models", "lenet5", "recipe.json"));

    /// <summary>LeNet-5 with random weights, calibrated on drawn digits.</summary>
    internal static byte[] LeNet5 { get; } = Untrained(LeNet5Recipe);

    /// <summary>Drawn digits, 28×28.</summary>
    internal static Dataset Digits(int count) => DrawnDigits.Draw(seed: 5, first: 0, count);

    private static byte[] Untrained(Recipe recipe)
    {
        Network<float> network = recipe.CreateNetwork<float>();
        foreach (var bias in network.Parameters.Where(parameter => !parameter.IsWeight))
        {
            for (int i = 0; i < bias.Length; i++) bias.Values[i] = (i % 7 - 3) * 0.05f;
        }
        network.WeightsChanged();
        return ModelExport.ToBytes(recipe, network, Digits(50));
    }
}
