using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class TrainTests(TrainedModel trained)
{
    [Fact]
    public void Training_writes_model_float_network_card_and_log_beside_the_recipe_and_nothing_else() =>
        Assert.Equal(["card.md", "curve.svg", "model.ecfloat", "model.ecnn", "recipe.json", "run.jsonl"], trained.Entries);

    [Fact]
    public void The_result_says_what_is_in_the_file()
    {
        using EdgeModel model = EdgeModel.Open(trained.Model);
        Assert.Equal(trained.Model, trained.Result.GetProperty("modelPath").GetString());
        Assert.Equal(new FileInfo(trained.Model).Length, trained.Result.GetProperty("fileBytes").GetInt32());
        Assert.Equal(model.Info.ArenaBytes, trained.Result.GetProperty("arenaBytes").GetInt32());
        Assert.Equal(model.Info.ModelId, trained.Result.GetProperty("modelId").GetString());
    }

    [Fact]
    public void Accuracies_are_shares_measured_on_the_test_images()
    {
        Dataset unseen = DrawnDigits.Draw(1, SmallRecipe.TrainingImages, SmallRecipe.TestImages);
        Assert.Equal(IntegerEvaluator.Accuracy(trained.Bytes(), unseen), trained.Result.GetProperty("int8Accuracy").GetDouble());
        Assert.InRange(trained.Result.GetProperty("floatAccuracy").GetDouble(), 0.5, 1);
    }

    [Fact]
    public void Speed_and_time_belong_together()
    {
        JsonElement result = trained.Result;
        double samples = result.GetProperty("epochs").GetInt32() * result.GetProperty("trainingImages").GetInt32();
        Assert.Equal(2 * SmallRecipe.TrainingImages, samples);
        double seconds = result.GetProperty("seconds").GetDouble(), rate = result.GetProperty("samplesPerSecond").GetDouble();
        Assert.Equal(samples, seconds * rate, 1e-6 * samples);
    }

    [Fact]
    public void Progress_goes_to_standard_error_a_line_per_epoch_without_escape_sequences()
    {
        string[] lines = trained.Progress.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("epoch  1/2  loss ", lines[0]);
        Assert.StartsWith("epoch  2/2  loss ", lines[1]);
        Assert.DoesNotContain('\e', trained.Progress);
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_on_any_number_of_threads_and_another_seed_does_not()
    {
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", SmallRecipe.Text);
        Assert.Equal(0, Tool.Run("train", recipe, "--threads", "1", "--out", scratch.At("one")).ExitCode);
        Assert.Equal(0, Tool.Run("train", recipe, "--threads", "3", "--out", scratch.At("three", "deep")).ExitCode);
        Assert.Equal(0, Tool.Run("train", recipe, "--seed", "2", "--out", scratch.At("other")).ExitCode);
        Assert.Equal(trained.Bytes(), File.ReadAllBytes(scratch.At("one", "model.ecnn")));
        Assert.Equal(trained.Bytes(), File.ReadAllBytes(scratch.At("three", "deep", "model.ecnn")));
        Assert.NotEqual(trained.Bytes(), File.ReadAllBytes(scratch.At("other", "model.ecnn")));
    }

    [Fact]
    public void Quantization_aware_epochs_follow_the_ordinary_ones()
    {
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", SmallRecipe.With(
            "\"epochs\": 2,",
            """ "epochs": 1, "gate": { "drop": 10 }, "quantization": { "weightBits": 4, "equalize": true, "aware": { "epochs": 2 } },"""));
        Outcome outcome = Tool.Run("train", recipe, "--json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(3, outcome.Json.GetProperty("epochs").GetInt32());
        Assert.Equal(["epoch  1/1", "epoch  1/2", "epoch  2/2"], outcome.Error.TrimEnd('\n').Split('\n').Select(line => line[..10]));
    }

    [Fact]
    public void A_recipe_may_ask_for_activations_of_16_bits()
    {
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", SmallRecipe.With(
            "\"epochs\": 2,", """ "epochs": 2, "quantization": { "activationBits": 16 }, "gate": { "drop": 0.7 }, """));
        Outcome outcome = Tool.Run("train", recipe, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal("int16×8", outcome.Json.GetProperty("integers").GetString());
        JsonElement layers = Tool.Run("compare", scratch.At("model.ecnn"), "--json").Json.GetProperty("layers");
        JsonElement narrow = Tool.Run("compare", trained.Model, "--json").Json.GetProperty("layers");
        double NoiseOf(JsonElement all, int fromEnd) => all[all.GetArrayLength() - fromEnd].GetProperty("sqnrDb").GetDouble();
        Assert.True(NoiseOf(layers, 2) > NoiseOf(narrow, 2), $"{layers} {narrow}");
        Assert.Equal(0, Tool.Run("report", scratch.Folder).ExitCode);
        Assert.Equal(0, Tool.Run("selftest", scratch.At("model.ecnn")).ExitCode);
    }

    [Fact]
    public void Epochs_are_taken_from_the_option_when_there_is_one()
    {
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", SmallRecipe.Text);
        Outcome outcome = Tool.RunIn(scratch.Folder, "train", recipe, "--epochs", "1", "--json", "--out", "out");
        Assert.Equal(1, outcome.Json.GetProperty("epochs").GetInt32());
        Assert.Equal(Path.Combine("out", "model.ecnn"), outcome.Json.GetProperty("modelPath").GetString());
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_all_of_the_data()
    {
        using var scratch = new Scratch();
        foreach (string batch in (string[])["2000", "2000000000"])
        {
            string recipe = scratch.Write("recipe.json", SmallRecipe.With("\"batch\": 32", $"\"batch\": {batch}"));
            Assert.Equal(0, Tool.Run("train", recipe, "--epochs", "1", "--out", scratch.At(batch)).ExitCode);
        }
        Assert.Equal(File.ReadAllBytes(scratch.At("2000", "model.ecnn")), File.ReadAllBytes(scratch.At("2000000000", "model.ecnn")));
    }

    [Fact]
    public void Text_says_accuracies_sizes_and_the_place()
    {
        using var scratch = new Scratch();
        Outcome outcome = Tool.RunIn(scratch.Folder, "train", scratch.Write("recipe.json", SmallRecipe.Text), "--epochs", "1");
        Assert.Matches(@"float accuracy\s+\d+\.\d\d % of 300 unseen images\n", outcome.Output);
        Assert.Matches(@"int8 accuracy\s+\d+\.\d\d %\n", outcome.Output);
        Assert.Matches(@"file\s+[\d,]+ bytes\n", outcome.Output);
        Assert.Matches(@"arena\s+[\d,]+ bytes\n", outcome.Output);
        Assert.Contains(scratch.At("model.ecnn"), outcome.Output);
    }
}
