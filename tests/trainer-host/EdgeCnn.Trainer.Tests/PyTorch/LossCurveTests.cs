using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Tests.Training;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.PyTorch;

/// <summary>The same weights, data and order as in make_numbers.py.</summary>
public class LossCurveTests
{
    private const int Steps = 100;
    private const int Batch = 32;

    [Theory]
    [InlineData("lenet5", "models/lenet5/recipe.json", 0.02)]
    [InlineData("resnet8", "tests/trainer-host/EdgeCnn.Trainer.Tests/Networks/resnet8.json", 0.002)]
    public void The_first_hundred_losses_are_those_of_PyTorch(string name, string recipe, double rate)
    {
        var network = Recipe.Load(Path.Combine(Repository.Root, recipe)).CreateNetwork<float>();
        Initialize(network);
        double previous = 0;
        var losses = new List<double>();
        var progress = new ImmediateProgress(report =>
        {
            losses.Add(report.Loss * report.Batch - previous);
            previous = report.Loss * report.Batch;
        });
        using var loop = new TrainingLoop<float>(
            network, new SoftmaxCrossEntropy<float>(), new Sgd<float>(0.9, 0.0005), new FixedRate(rate), Normalization.UnitRange(1),
            new TrainingSettings(Batch, 1, Seed: 1, Threads: 2));
        loop.Run(Images(), progress, TestContext.Current.CancellationToken);

        var expected = StoredNumbers.Read("losses.json")[name];
        Assert.Equal(Steps, losses.Count);
        var errors = losses.Zip(expected, (found, stored) => Math.Abs(found - stored) / stored).ToArray();
        Measured.Note($"{name}: the first {Steps} losses are PyTorch's within {errors.Max():e1}");
        for (var step = 0; step < Steps; step++)
            Assert.True(errors[step] <= 1e-3, $"step {step}: loss {losses[step]}, PyTorch {expected[step]}");
    }

    private static void Initialize(Network<float> network)
    {
        var random = new Lcg(1);
        foreach (var parameter in network.Parameters.Where(parameter => parameter.IsWeight))
        {
            var bound = Math.Sqrt(3.0 / parameter.FanIn);
            foreach (ref var value in parameter.Values)
                value = (float)((2 * (random.Bits(24) / (double)(1 << 24)) - 1) * bound);
        }

        network.WeightsChanged();
    }

    /// <summary>Noisy copies of ten random pictures, put where the loop's shuffling takes them from in the order of the script.</summary>
    private static Dataset Images()
    {
        const int count = Steps * Batch, length = 28 * 28, firstEpoch = (1 << 20) + 1;
        var random = new Lcg(2);
        var pictures = new int[10 * length];
        for (var i = 0; i < pictures.Length; i++)
            pictures[i] = random.Bits(8);
        int[] order = [.. Enumerable.Range(0, count)];
        new SplitMix64(1, firstEpoch).Shuffle<int>(order);
        var (pixels, labels) = (new byte[count * length], new byte[count]);
        foreach (var place in order)
        {
            labels[place] = (byte)(random.Bits(16) % 10);
            for (var i = 0; i < length; i++)
                pixels[place * length + i] = (byte)((pictures[labels[place] * length + i] + random.Bits(8)) >> 1);
        }

        return new Dataset(new Shape(28, 28, 1), pixels, labels, Dataset.NumberedClasses(10));
    }
}
