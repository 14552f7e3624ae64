using System;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Learning;
using Xunit;

namespace EdgeCnn.Tests.Learning;

/// <summary>A model that learns keeps samples, learns them again, and is held to what it knew of them.</summary>
public sealed unsafe class RehearsalTests
{
    [Fact]
    public void The_store_is_a_uniform_choice_of_what_was_offered()
    {
        const int Capacity = 20, Offered = 200, Stores = 300;
        using EdgeModel model = EdgeModel.Open(LearnedModel.File(), new ModelOptions { Learns = true });
        byte* file = model.ModelPointer, arena = model.ArenaPointer;
        int[] chosen = new int[Offered];
        byte[] store = new byte[Rehearsal.Bytes(file, Capacity)];
        fixed (byte* p = store)
            for (uint seed = 0; seed < Stores; seed++)
            {
                Rehearsal.Clear(p, Capacity, seed);
                for (int i = 0; i < Offered; i++) Rehearsal.Offer(file, arena, p, i);
                Assert.Equal(Capacity, Rehearsal.Count(p));
                for (int i = 0; i < Capacity; i++)
                {
                    Rehearsal.Load(file, arena, p, i);
                    chosen[LearnState.Label(file, arena)]++;
                }
            }

        // Each of the 200 is expected 30 times, with a standard deviation of 5.2: χ² of 200 such numbers is 180 ± 20.
        double chiSquare = chosen.Sum(count => (count - 30.0) * (count - 30.0) / 30);
        Assert.InRange(chiSquare, 120, 240);
    }

    [Fact]
    public void A_kept_sample_comes_back_as_it_was()
    {
        using EdgeModel model = EdgeModel.Open(LearnedModel.File(), new ModelOptions { Learns = true });
        byte* file = model.ModelPointer, arena = model.ArenaPointer;
        using var memory = new GuardedMemory(Rehearsal.Bytes(file, 3));
        byte* store = memory.Place(Rehearsal.Bytes(file, 3));
        Rehearsal.Clear(store, 3, 1);
        sbyte[][] inputs = new sbyte[3][];
        for (int i = 0; i < 3; i++)
        {
            model.SetPixels(TestModels.Digits(3).Image(i));
            inputs[i] = model.Input.ToArray();
            Rehearsal.Offer(file, arena, store, i);
            model.Run();
        }
        for (int i = 0; i < 3; i++)
        {
            Rehearsal.Load(file, arena, store, i);
            Assert.Equal(inputs[i], model.Input.ToArray());
            Assert.Equal(i, LearnState.Label(file, arena));
        }
    }

    [Fact]
    public void The_guard_undoes_what_does_harm()
    {
        // Wrong labels at a high rate ruin the model; the guard asks about right ones.
        byte[] file = LearningPlanner.Apply(
            File.ReadAllBytes(Path.Combine(Repository.Root, "models", "drawn-digits", "model.ecnn")), new LearningSettings { Rate = 0.02 });
        var guarded = new RehearsalOptions { Samples = 100, PerSample = 0, GuardInterval = 50, GuardMargin = 0.1 };
        using EdgeModel model = EdgeModel.Open(file, new ModelOptions { Learns = true, Rehearsal = guarded });
        Dataset digits = TestModels.Digits(200);
        for (int i = 0; i < 100; i++)
        {
            model.SetPixels(digits.Image(i));
            model.Remember(digits.Labels[i]);
        }
        double before = Accuracy(model, digits), ruined = 0;
        for (int i = 0; i < 50; i++)
        {
            if (i == 49) ruined = Accuracy(model, digits);
            model.SetPixels(digits.Image(i));
            model.Learn((digits.Labels[i] + 1) % 10);
        }

        Measured.Note($"guard: {before:p1} known, {ruined:p1} after wrong labels, {Accuracy(model, digits):p1} after it undid them");
        Assert.Equal(1, model.UndoneByGuard);
        Assert.InRange(ruined, 0, before - 0.2);
        Assert.InRange(Accuracy(model, digits), before, before);
    }

    [Fact]
    public void Labels_targets_and_errors_of_use()
    {
        byte[] file = LearnedModel.File();
        using EdgeModel model = EdgeModel.Open(file, new ModelOptions { Learns = true });
        Assert.Equal(10, model.TargetElements);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Learn(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(-1));
        Assert.Throws<ArgumentException>(() => model.Learn([0.5f, 0.5f]));
        Assert.Throws<ArgumentException>(() => model.Learn([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Throws<InvalidOperationException>(() => model.Remember(1));
        Assert.Throws<InvalidOperationException>(() => model.RunProbed());
        byte[] squaredFile = LearningPlanner.Apply(
            ModelWriter.Write(GradientTests.Integers(GradientTests.Branches, softmax: false)), new LearningSettings { Loss = LearningLoss.SquaredError });
        using EdgeModel squared = EdgeModel.Open(squaredFile, new ModelOptions { Learns = true });
        Assert.Throws<InvalidOperationException>(() => squared.Learn(1));
        Assert.Throws<ArgumentException>(() => squared.Learn([float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        using EdgeModel fixedWeights = EdgeModel.Open(file);
        Assert.Throws<InvalidOperationException>(() => fixedWeights.Learn(1));
        Assert.Throws<InvalidOperationException>(() => fixedWeights.ApplyDelta([]));
    }

    [Fact]
    public void A_label_and_its_probabilities_teach_nearly_the_same()
    {
        byte[] file = LearnedModel.File();
        using EdgeModel byLabel = EdgeModel.Open(file, new ModelOptions { Learns = true });
        using EdgeModel byTarget = EdgeModel.Open(file, new ModelOptions { Learns = true });
        float[] target = new float[10];
        target[3] = 1;
        for (int i = 0; i < 5; i++)
        {
            byLabel.SetPixels(TestModels.Digits(1).Image(0));
            byTarget.SetPixels(TestModels.Digits(1).Image(0));
            byLabel.Learn(3);
            byTarget.Learn(target);
        }
        int[] a = LearnedModel.Weights(byLabel), b = LearnedModel.Weights(byTarget);
        Assert.True(a.Zip(b).Count(pair => pair.First != pair.Second) < a.Length / 100);
    }

    private static double Accuracy(EdgeModel model, Dataset digits)
    {
        int correct = 0;
        for (int i = 0; i < digits.Count; i++)
        {
            model.SetPixels(digits.Image(i));
            if (model.Evaluate(digits.Labels[i]) == digits.Labels[i]) correct++;
        }
        return (double)correct / digits.Count;
    }
}
