using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Learning;

/// <summary>A model with a spare output learns a class on the device that nobody trained it for.</summary>
public sealed class NewClassTests
{
    private const int HeldBack = 6, NewClass = 9, Shown = 20, Remembered = 180;

    private static readonly byte[] Model = Train();

    [Fact]
    public void A_spare_class_never_wins_before_it_learns()
    {
        using EdgeModel model = EdgeModel.Open(Model);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "spare 1"], model.Outputs[0].Labels);
        Dataset digits = Drawn(seed: 5, 500);
        for (int i = 0; i < digits.Count; i++)
        {
            model.SetPixels(digits.Image(i));
            model.Run();
            Assert.NotEqual(NewClass, model.BestClass);
        }
    }

    [Fact]
    public void A_class_held_back_is_learned_from_20_samples_and_rehearsal_keeps_the_old_ones()
    {
        Dataset all = Drawn(seed: 77, 1500);
        int[] old = [.. Of(all, isNew: false)], fresh = [.. Of(all, isNew: true)];
        (double oldBefore, double newBefore) = Accuracies(remembered: 0, shown: 0, all, old, fresh);
        (double oldWithout, double newWithout) = Accuracies(remembered: 0, Shown, all, old, fresh);
        (double oldAfter, double newAfter) = Accuracies(Remembered, Shown, all, old, fresh);

        Measured.Note(FormattableString.Invariant(
            $"a class learned from {Shown} samples: {newAfter:p1} of others known, of old classes {oldAfter:p1}, before {oldBefore:p1}; ")
            + FormattableString.Invariant($"without rehearsal {newWithout:p1} and {oldWithout:p1}"));
        Assert.Equal(0, newBefore);
        Assert.InRange(newAfter, 0.7, 1);
        Assert.InRange(oldAfter, oldBefore - 0.08, 1);
        Assert.InRange(oldWithout, 0, oldAfter - 0.2);
    }

    /// <summary>Which share of old and new classes' samples is known after learning some of the new class, old ones being kept or
    /// not.</summary>
    private static (double Old, double New) Accuracies(int remembered, int shown, Dataset all, int[] old, int[] fresh)
    {
        byte[] file = LearningPlanner.Apply(Model, new LearningSettings { Rate = 0.01, Layers = LayerChoice.Parse("last:2") });
        var kept = new RehearsalOptions { Samples = remembered + Shown, PerSample = 40 };
        using EdgeModel model = EdgeModel.Open(file, new ModelOptions { Learns = true, Rehearsal = kept });
        foreach (int i in old.Take(remembered))
        {
            model.SetPixels(all.Image(i));
            model.Remember(all.Labels[i]);
        }
        foreach (int i in fresh.Take(shown))
        {
            model.SetPixels(all.Image(i));
            model.Learn(NewClass);
        }
        return (Known(model, all, old.Skip(Remembered)), Known(model, all, fresh.Skip(Shown)));
    }

    private static double Known(EdgeModel model, Dataset digits, IEnumerable<int> indexes)
    {
        int[] chosen = [.. indexes];
        int correct = 0;
        foreach (int i in chosen)
        {
            model.SetPixels(digits.Image(i));
            if (model.Evaluate(digits.Labels[i]) == digits.Labels[i]) correct++;
        }
        return (double)correct / chosen.Length;
    }

    private static IEnumerable<int> Of(Dataset digits, bool isNew)
    {
        byte[] labels = digits.Labels.ToArray();
        return Enumerable.Range(0, digits.Count).Where(i => labels[i] == NewClass == isNew);
    }

    /// <summary>Drawn digits, the one that is held back behind the others.</summary>
    private static Dataset Drawn(ulong seed, int count)
    {
        Dataset digits = DrawnDigits.Draw(seed, 0, count);
        byte[] labels = [.. digits.Labels.ToArray().Select(digit => (byte)(digit == HeldBack ? NewClass : digit > HeldBack ? digit - 1 : digit))];
        return new Dataset(digits.Shape, digits.Pixels.ToArray(), labels, digits.Classes);
    }

    private static byte[] Train()
    {
        Recipe recipe = Recipe.Parse("""
            {
              "name": "nine-digits", "data": "drawnDigits", "input": [28, 28, 1], "classes": 9,
              "network": [
                { "kind": "conv2d", "filters": 8, "kernel": 5, "stride": 2 }, "relu", { "kind": "conv2d", "filters": 16, "kernel": 3, "stride": 2 }, "relu",
                { "kind": "fullyConnected", "units": 64 }, "relu", { "kind": "fullyConnected", "units": 9 }
              ],
              "output": "softmax", "loss": "softmaxCrossEntropy", "optimizer": { "kind": "sgd", "momentum": 0.9 },
              "schedule": { "kind": "fixed", "rate": 0.02 }, "batch": 16, "epochs": 8, "quantization": { "spareClasses": 1 }
            }
            """);
        Dataset all = Drawn(seed: 5, 10000);
        Dataset chosen = all.Select([.. Of(all, isNew: false)]);
        var digits = new Dataset(chosen.Shape, chosen.Pixels.ToArray(), chosen.Labels.ToArray(), recipe.Classes);
        Network<float> network = recipe.CreateNetwork<float>();
        network.Initialize(3);
        using (var loop = new TrainingLoop<float>(
            network, new SoftmaxCrossEntropy<float>(), new Sgd<float>(0.9), new FixedRate(0.02), recipe.Normalization,
            new TrainingSettings(Batch: 16, Epochs: 8, Seed: 1, Threads: 2))) loop.Run(digits);
        return ModelExport.ToBytes(recipe, network, digits);
    }
}
