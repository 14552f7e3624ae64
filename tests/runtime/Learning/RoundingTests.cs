using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Learning;
using Xunit;

namespace EdgeCnn.Tests.Learning;

/// <summary>Steps of weights are rounded stochastically: their mean over many roundings is the step of float SGD.</summary>
public sealed unsafe class RoundingTests
{
    private const int Trials = 10_000;
    private const double Rate = 0.005;

    /// <summary>Expected roundings to either side below which a weight says nothing in so many trials.</summary>
    private const double FewestEvents = 10;

    [Fact]
    public void The_mean_of_rounded_steps_is_the_step_of_float_SGD()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Repository.Root, "models", "lenet5", "model.ecnn"));
        byte[] planned = LearningPlanner.Apply(bytes, new LearningSettings { Rate = Rate });
        using EdgeModel reference = EdgeModel.Open(planned, TileCode.Portable);
        using EdgeModel learner = EdgeModel.Open(planned, new ModelOptions { Learns = true });
        sbyte[] input = new sbyte[reference.Input.Length];
        var random = new Random(5);
        for (int i = 0; i < input.Length; i++) input[i] = (sbyte)(random.Next(3) == 0 ? random.Next(-128, 128) : -128);
        input.CopyTo(reference.Input);
        FloatBackward expected = FloatBackward.Of(reference, label: 3);
        Dictionary<int, long[]> sums = Sums(learner, input);

        List<double> scores = [];
        foreach ((int op, long[] total) in sums)
        {
            double[] gradient = expected.WeightGradients[op], scales = expected.WeightScales[op];
            int depth = gradient.Length / scales.Length;
            for (int i = 0; i < total.Length; i++)
            {
                double step = -Rate * gradient[i] / scales[i / depth] * 256, part = step - Math.Floor(step), variance = part * (1 - part);
                if (variance * Trials >= FewestEvents) scores.Add((total[i] / (double)Trials - step) / Math.Sqrt(variance / Trials));
            }
        }

        double rms = Math.Sqrt(scores.Average(z => z * z)), beyond = scores.Count(z => Math.Abs(z) > 3) / (double)scores.Count;
        Measured.Note(FormattableString.Invariant(
            $"rounded steps of {scores.Count} weights, mean of {Trials}: rms z {rms:f3}, {100 * beyond:f2} % beyond 3 standard errors"));
        Assert.True(scores.Count > 10_000);
        Assert.InRange(rms, 0.9, 1.1);
        Assert.InRange(beyond, 0, 0.01);
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
            learner.Learn(3);
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
