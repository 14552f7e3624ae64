using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Learning;
using Xunit;

namespace EdgeCnn.Tests.Learning;

/// <summary>Steps of weights are rounded stochastically: their mean over many roundings is the step before rounding, which
/// <see cref="GradientTests"/> compares with float SGD's.</summary>
public sealed unsafe class RoundingTests
{
    private const int Trials = 10_000;
    private const double Rate = 0.02;
    private const int Label = 3;

    /// <summary>Expected roundings to either side below which a weight says nothing in so many trials.</summary>
    private const double FewestEvents = 10;

    /// <summary>Bits by which the steps that wait in velocities are larger than those of weights: 8 that velocities have more behind the
    /// point, and 6 of a larger rate.</summary>
    private const int FinerBits = 8 + 6;

    [Fact]
    public void The_mean_of_rounded_steps_is_the_step_before_rounding()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Repository.Root, "models", "lenet5", "model.ecnn"));
        sbyte[] input = Input();
        Dictionary<int, int[]> exact = Velocities(bytes, input);
        using EdgeModel learner = EdgeModel.Open(
            LearningPlanner.Apply(bytes, new LearningSettings { Rate = Rate }), new ModelOptions { Learns = true });

        List<double> scores = [];
        foreach ((int op, long[] total) in Sums(learner, input))
        {
            sbyte[] weights = Weights(learner, op);
            for (int i = 0; i < total.Length; i++)
            {
                double step = Math.ScaleB(exact[op][i], -FinerBits), part = step - Math.Floor(step), variance = part * (1 - part);
                // The largest weights of a channel are at the end of their range and move one way only.
                bool isFree = Math.Abs(weights[i]) + Math.Abs(step) / 256 < sbyte.MaxValue;
                if (isFree && variance * Trials >= FewestEvents) scores.Add((total[i] / (double)Trials - step) / Math.Sqrt(variance / Trials));
            }
        }

        double rms = Math.Sqrt(scores.Average(z => z * z)), beyond = scores.Count(z => Math.Abs(z) > 3) / (double)scores.Count;
        Measured.Note(FormattableString.Invariant(
            $"rounded steps of {scores.Count} weights, mean of {Trials}: rms z {rms:f3}, {100 * beyond:f2} % beyond 3 standard errors"));
        Assert.True(scores.Count > 2_000);
        Assert.InRange(rms, 0.9, 1.1);
        Assert.InRange(beyond, 0, 0.01);
    }

    private static sbyte[] Weights(EdgeModel learner, int index)
    {
        byte* model = learner.ModelPointer;
        learner.Reset();
        int record = LearnFile.Trained(model, index), op = ModelFile.Operator(model, index);
        return new Span<sbyte>(
            learner.ArenaPointer + LearnRecord.Place(model, record, LearnRecord.WeightsAt),
            WeightedRows.OutputChannels(model, op) * OperatorTable.Depth(model, op)).ToArray();
    }

    private static sbyte[] Input()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 28 * 28).Select(_ => (sbyte)(random.Next(3) == 0 ? random.Next(-128, 128) : -128))];
    }

    /// <summary>The steps in units of 2^−<see cref="FinerBits"/> of a weight's, from a batch that never ends.</summary>
    private static Dictionary<int, int[]> Velocities(byte[] bytes, sbyte[] input)
    {
        const int batch = 1024;
        byte[] planned = LearningPlanner.Apply(bytes, new LearningSettings { Rate = Math.ScaleB(Rate, FinerBits - 8) * batch, Batch = batch });
        using EdgeModel learner = EdgeModel.Open(planned, new ModelOptions { Learns = true });
        input.CopyTo(learner.Input);
        learner.Learn(Label);
        byte* model = learner.ModelPointer;
        Dictionary<int, int[]> velocities = [];
        for (int i = 0; i < LearnFile.Records(model); i++)
        {
            int record = LearnFile.Record(model, i), op = ModelFile.Operator(model, LearnRecord.Operator(model, record));
            if (!LearnRecord.Has(model, record, LearnRecord.TrainsWeights)) continue;
            int count = WeightedRows.OutputChannels(model, op) * OperatorTable.Depth(model, op);
            velocities[LearnRecord.Operator(model, record)] =
                new Span<int>(learner.ArenaPointer + LearnRecord.Place(model, record, LearnRecord.VelocityAt), count).ToArray();
        }
        return velocities;
    }

    /// <summary>By how many units of its fraction each weight moved in all trials together: the same step from the same weights, rounded with
    /// the noise of another sample each time.</summary>
    private static Dictionary<int, long[]> Sums(EdgeModel learner, sbyte[] input)
    {
        byte* model = learner.ModelPointer, arena = learner.ArenaPointer;
        var planes = new List<(int Operator, int Weights, int Fractions, int Count, byte[] Start)>();
        for (int i = 0; i < LearnFile.Records(model); i++)
        {
            int record = LearnFile.Record(model, i);
            if (!LearnRecord.Has(model, record, LearnRecord.TrainsWeights)) continue;
            int op = ModelFile.Operator(model, LearnRecord.Operator(model, record));
            int count = WeightedRows.OutputChannels(model, op) * OperatorTable.Depth(model, op);
            int weights = LearnRecord.Place(model, record, LearnRecord.WeightsAt);
            planes.Add((LearnRecord.Operator(model, record), weights, LearnRecord.Place(model, record, LearnRecord.FractionsAt), count,
                new Span<byte>(arena + weights, count).ToArray()));
        }
        Dictionary<int, long[]> sums = planes.ToDictionary(plane => plane.Operator, plane => new long[plane.Count]);
        for (int trial = 0; trial < Trials; trial++)
        {
            learner.Reset();
            Memory.SetInt32(arena, LearnFile.State(model) + LearnState.StepAt, trial);
            input.CopyTo(learner.Input);
            learner.Learn(Label);
            foreach ((int op, int weights, int fractions, int count, byte[] start) in planes)
            {
                long[] sum = sums[op];
                for (int k = 0; k < count; k++)
                    sum[k] += ((sbyte)arena[weights + k] - (sbyte)start[k]) * 256 + arena[fractions + k] - 128;
            }
        }
        return sums;
    }
}
