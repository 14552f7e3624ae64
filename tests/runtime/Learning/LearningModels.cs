using System;
using System.IO;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Tests.Learning;

/// <summary>Networks that learn, as they are before it is planned what of them does.</summary>
internal static class LearningModels
{
    /// <summary>A network of models/, or one with residual and depthwise layers.</summary>
    internal static byte[] Named(string network) => network == "depthwise residual"
        ? DepthwiseResidual
        : File.ReadAllBytes(Path.Combine(Repository.Root, "models", network, "model.ecnn"));

    /// <summary>A convolution of each kind, residual, behind strides and padding.</summary>
    internal static byte[] DepthwiseResidual { get; } = ModelWriter.Write(GradientTests.Integers(GradientTests.DepthwiseResidual));

    /// <summary>A small network with layers of random sizes.</summary>
    internal static byte[] Random(int seed)
    {
        var random = new Random(seed);
        int side = random.Next(9, 15), channels = random.Next(1, 4), kernel = random.Next(1, 6), classes = random.Next(3, 12);
        string pool = random.Next(2) == 0 ? "maxPool" : "averagePool";
        return Untrained(Recipe.Parse($$"""
            {
              "name": "random-{{seed}}", "data": "drawnDigits", "input": [{{side}}, {{side}}, {{channels}}], "classes": {{classes}},
              "network": [
                { "kind": "conv2d", "filters": {{random.Next(1, 20)}}, "kernel": {{kernel}}, "padding": {{random.Next(kernel)}} }, "relu",
                { "kind": "{{pool}}", "kernel": {{random.Next(2, 4)}}, "stride": {{random.Next(1, 3)}} },
                { "kind": "depthwiseConv2d", "kernel": 3, "padding": 1, "multiplier": {{random.Next(1, 3)}} }, "relu6",
                { "kind": "conv2d", "filters": {{random.Next(1, 40)}}, "kernel": 2, "stride": {{random.Next(1, 3)}} }, "relu",
                { "kind": "fullyConnected", "units": {{random.Next(2, 50)}} }, "relu",
                { "kind": "fullyConnected", "units": {{classes}} }
              ],
              "output": "softmax", "loss": "softmaxCrossEntropy",
              "optimizer": { "kind": "sgd" }, "schedule": { "kind": "fixed", "rate": 0.01 }, "batch": 16, "epochs": 1
            }
            """), seed);
    }

    private static byte[] Untrained(Recipe recipe, int seed = 3)
    {
        var network = recipe.CreateNetwork<float>();
        network.Initialize((ulong)seed);
        byte[] pixels = new byte[50 * recipe.Input.Length];
        new Random(seed).NextBytes(pixels);
        var pictures = new Dataset(recipe.Input, pixels, new byte[50], recipe.Classes);
        return ModelExport.ToBytes(recipe, network, pictures);
    }
}
