using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Report;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Export;

/// <summary>What the cards under models/ say of the files beside them.</summary>
public sealed class ModelCardTests
{
    private const double MostLostInInt8 = 0.3, MostLostInInt4 = 1;

    public static TheoryData<string> Models =>
    [
        .. Directory.GetDirectories(Path.Combine(Repository.Root, "models"))
            .Where(folder => Recipe.Load(Path.Combine(folder, "recipe.json")).Int4 is not null)
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Models_lose_no_more_than_they_may_and_are_those_of_the_card(string name)
    {
        string folder = Path.Combine(Repository.Root, "models", name);
        string[] card = File.ReadAllLines(Path.Combine(folder, "card.md"));
        double[] accuracy = [.. Cells(card, "accuracy, ").Select(Percent)];
        Assert.InRange(accuracy[1], accuracy[0] - MostLostInInt8, 100);
        Assert.InRange(accuracy[2], accuracy[0] - MostLostInInt4, 100);
        Recipe recipe = Recipe.Load(Path.Combine(folder, "recipe.json"));
        Assert.Equal((MostLostInInt8, MostLostInInt4), (recipe.Gate!.Drop, recipe.Int4!.Gate!.Drop));

        string[] files = ["model.ecnn", "model.int4.ecnn"], kinds = ["int8", "int4 weights"];
        for (int i = 0; i < files.Length; i++)
        {
            using EdgeModel model = EdgeModel.Open(Path.Combine(folder, files[i]));
            Assert.Null(model.RunSelfTest());
            Assert.Equal(kinds[i], IntegerKind.Of(model));
            Assert.Equal($"[{model.Info.FileBytes.ToString("n0", CultureInfo.InvariantCulture)} bytes]({files[i]})", Cells(card, "file")[i + 1]);
            Assert.Equal($"`{model.Info.ModelId}`", Cells(card, "model id")[i + 1]);
        }
        Assert.True(File.Exists(Path.Combine(folder, "curve.svg")));
    }

    [Theory]
    [InlineData("digits8x8", "uci-digits-8x8")]
    [InlineData("lenet5", "mnist")]
    public void Accuracies_are_those_of_the_test_images(string name, string set)
    {
        string data = Path.Combine(Repository.Shared, "data", set), folder = Path.Combine(Repository.Root, "models", name);
        Assert.SkipUnless(Directory.Exists(data), $"no data in {data}; set EDGECNN_SHARED");
        double[] accuracy = [.. Cells(File.ReadAllLines(Path.Combine(folder, "card.md")), "accuracy, ").Select(Percent)];
        Dataset unseen = Recipe.Load(Path.Combine(folder, "recipe.json")).LoadData(data).Test;
        foreach ((string file, double stated) in new[] { ("model.ecnn", accuracy[1]), ("model.int4.ecnn", accuracy[2]) })
        {
            byte[] model = File.ReadAllBytes(Path.Combine(folder, file));
            Assert.Equal(stated, 100 * IntegerEvaluator.Accuracy(model, unseen, Environment.ProcessorCount), 0.005);
        }
    }

    /// <summary>The columns of the row that begins so: float, int8, int4.</summary>
    private static string[] Cells(IEnumerable<string> card, string row) =>
        card.Single(line => line.StartsWith($"| {row}", StringComparison.Ordinal)).Split('|')[2..^1].Select(cell => cell.Trim()).ToArray();

    private static double Percent(string cell) => double.Parse(cell.TrimEnd('%', ' '), CultureInfo.InvariantCulture);
}
