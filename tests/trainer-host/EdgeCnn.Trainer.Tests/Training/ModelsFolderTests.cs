using System;
using System.Globalization;
using System.IO;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Tests.Training;

/// <summary>
/// The recipes of models/ train to the bits that their models were made with. Where the order of additions changes on purpose, the models,
/// their cards and these hashes are to be made again.
/// </summary>
public class ModelsFolderTests
{
    private const int Samples = 150;

    [Theory]
    [InlineData("digits8x8", "8248067c3953e0f4")]
    [InlineData("drawn-digits", "436faf1488effe29")]
    [InlineData("dscnn-digits", "823ae937d685c7fe")]
    [InlineData("fashion", "5f6a910b1ca3025a")]
    [InlineData("hand-signs", "b21aff76d33477b2")]
    [InlineData("hand-signs-gray", "a7ff2dcd144c5c65")]
    [InlineData("lenet5", "436faf1488effe29")]
    [InlineData("lenet5-classic", "fc4ef3bd3299d0aa")]
    [InlineData("lenet5-fashion", "5a34452783bbd217")]
    [InlineData("resnet8", "53db1d44aff455de")]
    public void A_recipe_trains_to_the_bits_of_its_model(string name, string hash)
    {
        var recipe = Recipe.Load(Path.Combine(Repository.Root, "models", name, "recipe.json"));
        byte[] pixels = new byte[Samples * recipe.Input.Length], labels = new byte[Samples];
        uint state = 1;
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = Next(ref state);
        for (var i = 0; i < labels.Length; i++)
            labels[i] = (byte)(Next(ref state) % recipe.Classes.Count);
        var data = new Dataset(recipe.Input, pixels, labels, recipe.Classes);

        var (network, _) = TrainingRun.Of<float>(recipe, data, epochs: 1, threads: 2);
        Assert.Equal(hash, TrainingRun.Hash(network).ToString("x16", CultureInfo.InvariantCulture));
    }

    /// <summary>A step of Knuth's linear congruential generator: the same noise everywhere.</summary>
    private static byte Next(ref uint state) => (byte)((state = state * 1664525 + 1013904223) >> 24);
}
