using System;
using System.IO;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private const int Epochs = 3;
    private static readonly DataSplit Data = new(DrawnDigits.Draw(1, 0, 100), DrawnDigits.Draw(1, 100, 40));
    private readonly TemporaryFolder _folder = new();

    /// <summary>Everything that remembers more than the parameters.</summary>
    public static TheoryData<string> Optimizers =>
    [
        """{ "kind": "sgd", "momentum": 0.9 }""", "\"nesterov\"", "\"adam\"", "\"adamW\"", "\"rmsProp\"", "\"adaDelta\"", "\"ftrl\"",
        "\"rprop\"", "\"lbfgs\"",
    ];

    private string File => Path.Combine(_folder.Path, "checkpoint");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_training_goes_on_with_the_same_bits_from_any_mini_batch(string optimizer)
    {
        var recipe = RecipeOf(optimizer);
        using var whole = Loop(recipe);
        var steps = 0;
        whole.Run(Data.Train, new ImmediateProgress(_ => steps++), TestContext.Current.CancellationToken);
        for (var saved = 1; saved <= steps; saved += 2)
        {
            using (var first = Loop(recipe))
                SaveAfter(first, recipe, saved);
            using var second = Loop(recipe);
            Checkpoint.Restore(File, second, Origin(recipe));
            second.Run(Data.Train, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(TrainingRun.Hash(whole.Network), TrainingRun.Hash(second.Network));
            Assert.Equal(whole.History, second.History);
        }
    }

    [Fact]
    public void A_finished_training_has_nothing_left_to_do()
    {
        var recipe = RecipeOf("\"adam\"");
        using var loop = Loop(recipe);
        var result = loop.Run(Data.Train, cancellation: TestContext.Current.CancellationToken);
        Checkpoint.Save(File, loop, Origin(recipe));
        using var restored = Loop(recipe);
        Checkpoint.Restore(File, restored, Origin(recipe));
        var again = restored.Run(Data.Train, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((result.Epochs, result.Loss, 0), (again.Epochs, again.Loss, again.Samples));
    }

    [Fact]
    public void A_training_that_a_rule_ended_stays_ended_and_one_interrupted_before_ends_there_too()
    {
        var recipe = Recipe.Parse(RecipeOf("\"adam\"").Text.Replace(
            "\"epochs\": 50", "\"epochs\": 1, \"least\": 0.9", StringComparison.Ordinal));
        using var whole = Loop(recipe);
        whole.EpochEnded = _ => Checkpoint.Save(File, whole, Origin(recipe));
        whole.Run(Data.Train, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2, whole.History.Count);
        Assert.True(whole.Position.Stopped);
        AssertEndsAlike(0);

        using (var interrupted = Loop(recipe))
        {
            SaveAfter(interrupted, recipe, 5);
        }

        AssertEndsAlike(68);

        void AssertEndsAlike(int samples)
        {
            using var resumed = Loop(recipe);
            Checkpoint.Restore(File, resumed, Origin(recipe));
            Assert.Equal(samples, resumed.Run(Data.Train, cancellation: TestContext.Current.CancellationToken).Samples);
            Assert.Equal(whole.History, resumed.History);
            Assert.Equal(whole.Position, resumed.Position);
            Assert.Equal(TrainingRun.Hash(whole.Network), TrainingRun.Hash(resumed.Network));
        }
    }

    [Fact]
    public void Every_changed_or_missing_byte_is_noticed()
    {
        var recipe = RecipeOf("\"adam\"");
        using var loop = Loop(recipe);
        SaveAfter(loop, recipe, 2);
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var position = 0; position < bytes.Length; position += 331)
        {
            bytes[position] ^= 0x10;
            System.IO.File.WriteAllBytes(File, bytes);
            Assert.Throws<InvalidDataException>(() => Checkpoint.Restore(File, loop, Origin(recipe)));
            bytes[position] ^= 0x10;
            System.IO.File.WriteAllBytes(File, bytes[..position]);
            Assert.Throws<InvalidDataException>(() => Checkpoint.Restore(File, loop, Origin(recipe)));
        }
    }

    [Fact]
    public void The_checkpoint_of_another_training_is_refused_with_the_difference()
    {
        var recipe = RecipeOf("\"adam\"");
        using var loop = Loop(recipe);
        SaveAfter(loop, recipe, 2);
        var origin = Origin(recipe);
        var other = new DataSplit(DrawnDigits.Draw(2, 0, 100), Data.Test);
        AssertRefused(Origin(RecipeOf("\"adamW\"")), "another recipe");
        AssertRefused(TrainingOrigin.Of(recipe, other, Epochs, recipe.Seed), "other data");
        AssertRefused(TrainingOrigin.Of(recipe, Data, Epochs, recipe.Seed + 1), $"seed {recipe.Seed}, not {recipe.Seed + 1}");
        AssertRefused(origin with { Epochs = 9 }, $"{Epochs} epochs, not 9");

        void AssertRefused(TrainingOrigin wrong, string difference) => Assert.Contains(
            $"the checkpoint of a training with {difference};",
            Assert.Throws<InvalidDataException>(() => Checkpoint.Restore(File, loop, wrong)).Message);
    }

    [Fact]
    public void A_log_comes_back_as_it_was_written()
    {
        EpochResult[] history = [new(1, 2.5, 0.25, 0.1, null, null), new(2, 1.0 / 3, 0.5, 0.01, double.NaN, 0.75)];
        RunLog.Save(File, history);
        Assert.Equal(history, RunLog.Load(File));
        System.IO.File.AppendAllText(File, "what?\n");
        Assert.Contains("line 3: this is no epoch", Assert.Throws<InvalidDataException>(() => RunLog.Load(File)).Message);
    }

    private static TrainingOrigin Origin(Recipe recipe) => TrainingOrigin.Of(recipe, Data, Epochs, recipe.Seed);

    /// <summary>A recipe with an optimizer; those that need all samples in a step get them.</summary>
    private static Recipe RecipeOf(string optimizer) => Recipe.Parse(
        $$"""
        {
          "name": "small", "data": { "kind": "drawnDigits" }, "input": [28, 28, 1], "classes": 10,
          "batch": {{(optimizer is "\"rprop\"" or "\"lbfgs\"" ? 100 : 32)}},
          "network": [
            { "kind": "conv2d", "filters": 3, "kernel": 5, "stride": 5 }, "batchNorm", "relu", { "kind": "dropout", "rate": 0.2 },
            { "kind": "fullyConnected", "units": 10 },
          ],
          "augmentation": [{ "kind": "noise", "deviation": 0.03 }],
          "loss": "softmaxCrossEntropy", "optimizer": {{optimizer}},
          "schedule": { "kind": "plateau", "then": { "kind": "fixed", "rate": 0.01 }, "patience": 0 },
          "stop": [{ "kind": "patience", "epochs": 50 }],
        }
        """);

    private static TrainingLoop<float> Loop(Recipe recipe) => new(
        recipe.CreateNetwork<float>(), recipe.CreateLoss<float>(), recipe.CreateOptimizer<float>(), recipe.CreateSchedule(),
        recipe.Normalization, new TrainingSettings(recipe.Batch, Epochs, recipe.Seed)
        {
            Augmenter = recipe.CreateAugmenter(),
            StopRules = recipe.CreateStopRules(),
        })
    {
        Validation = Data.Test,
    };

    /// <summary>Trains and writes the checkpoint after so many mini-batches.</summary>
    private void SaveAfter(TrainingLoop<float> loop, Recipe recipe, int batches)
    {
        var left = batches;
        loop.Run(Data.Train, new ImmediateProgress(_ =>
        {
            if (--left == 0)
                Checkpoint.Save(File, loop, Origin(recipe));
        }), TestContext.Current.CancellationToken);
    }
}
