using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Cli.Tests;

/// <summary>The page about a model, and the second model that a recipe may ask for.</summary>
public sealed class CardTests(TrainedModel trained) : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void The_card_has_accuracies_sizes_and_the_time_on_a_named_processor()
    {
        string[] card = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(trained.Model)!, "card.md"));
        Assert.Contains("|  | float | int8 |", card);
        double real = trained.Result.GetProperty("floatAccuracy").GetDouble(), integer = trained.Result.GetProperty("int8Accuracy").GetDouble();
        Assert.Contains(FormattableString.Invariant($"| accuracy, 300 unseen images | {100 * real:f2} % | {100 * integer:f2} % |"), card);
        Assert.Contains("| epochs, 2,000 images | 2 |  |", card);
        Assert.Contains(
            FormattableString.Invariant($"| file |  | [{new FileInfo(trained.Model).Length:n0} bytes](model.ecnn) |"), card);
        string time = Assert.Single(card, line => line.StartsWith(ModelCard.TimeRow, StringComparison.Ordinal));
        Assert.Contains(Processor.Name, time);
    }

    [Fact]
    public void The_curve_is_a_picture_with_a_point_for_every_epoch()
    {
        XDocument curve = XDocument.Load(Path.Combine(Path.GetDirectoryName(trained.Model)!, "curve.svg"));
        string[] titles = [.. curve.Descendants().Where(element => element.Name.LocalName == "title").Select(element => element.Value)];
        Assert.Equal(2 * 2, titles.Length);
        Assert.All(titles, title => Assert.Matches("^epoch [12]: ", title));
    }

    [Fact]
    public void A_recipe_with_int4_makes_a_second_model_and_leaves_the_first_as_it_was()
    {
        JsonElement result = Train(""" "int4": { "keepEnds": false, "aware": { "epochs": 1 }, "drop": 50 } """);
        Assert.Equal(
            ["card.md", "curve.svg", "model.ecfloat", "model.ecnn", "model.int4.ecfloat", "model.int4.ecnn", "recipe.json", "run.jsonl"],
            _scratch.Entries);
        Assert.Equal(trained.Bytes(), File.ReadAllBytes(_scratch.At("model.ecnn")));
        using EdgeModel first = EdgeModel.Open(trained.Model), second = EdgeModel.Open(_scratch.At("model.int4.ecnn"));
        Assert.Equal("int4 weights", IntegerKind.Of(second));
        Assert.InRange(second.Info.WeightBytes, 1, 0.51 * first.Info.WeightBytes);
        Assert.Equal(second.Info.FileBytes, result.GetProperty("int4").GetProperty("fileBytes").GetInt32());
        double accuracy = result.GetProperty("int4").GetProperty("accuracy").GetDouble();
        Assert.Contains("|  | float | int8 | int4 weights |", File.ReadLines(_scratch.At("card.md")));
        Assert.Contains(FormattableString.Invariant($" | {100 * accuracy:f2} % |"), File.ReadAllText(_scratch.At("card.md")));

        Outcome compared = Tool.Run("compare", _scratch.At("model.int4.ecnn"), "--json");
        Assert.Equal(accuracy, compared.Json.GetProperty("int8Accuracy").GetDouble());
        Assert.Equal("int4 weights", compared.Json.GetProperty("integers").GetString());
    }

    [Fact]
    public void A_model_of_int4_weights_is_not_called_int8()
    {
        Train(""" "weightBits": 4, "keepEnds": false """);
        Assert.Contains("|  | float | int4 weights |", File.ReadLines(_scratch.At("card.md")));
        Assert.DoesNotContain("int8", File.ReadAllText(_scratch.At("card.md")));
    }

    [Fact]
    public void A_second_model_that_loses_more_than_its_gate_allows_is_refused()
    {
        string recipe = Recipe(""" "int4": { "keepEnds": false, "aware": { "epochs": 1, "rate": 12 }, "drop": 0 } """);
        Outcome outcome = Tool.Run("train", recipe);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("the gate allows 0", outcome.Error);
        Assert.Equal(["recipe.json"], _scratch.Entries);
    }

    public void Dispose() => _scratch.Dispose();

    private JsonElement Train(string quantization)
    {
        Outcome outcome = Tool.Run("train", Recipe(quantization), "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Json;
    }

    private string Recipe(string quantization) => _scratch.Write(
        "recipe.json", SmallRecipe.With("\"epochs\": 2,", $"\"epochs\": 2, \"quantization\": {{ {quantization} }},"));
}
