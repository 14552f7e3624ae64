using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Benchmarks.Learning;

/// <summary>
/// Trains a network from random weights, one sample at a time, in integers and in float: the same samples in the same order, the same
/// weights to begin with, the same rate, which halves
/// after 50, 70, 80 and 90 % of the samples.
/// </summary>
internal sealed class FromScratch(Recipe recipe, DataSplit data, int epochs, double rate, int seed)
{
    private static readonly double[] s_halvings = [0.5, 0.7, 0.8, 0.9];

    // The stream from which a training loop draws the order of its first epoch.
    private const ulong OrderStream = (1 << 20) + 1;

    /// <summary>Accuracy in percent on the test images.</summary>
    public double Integer()
    {
        byte[] untrained = UntrainedModel.Make(recipe, (ulong)seed, data.Train);
        byte[] model = LearningPlanner.Apply(untrained, new LearningSettings { Rate = rate, Seed = seed });
        using EdgeModel learner = EdgeModel.Open(model, new ModelOptions { Learns = true });
        foreach ((int[] samples, int halvings) in Phases())
        {
            learner.RateShift = halvings;
            new SplitMix64((ulong)seed, OrderStream).Shuffle<int>(samples);
            foreach (int sample in samples)
            {
                learner.SetPixels(data.Train.Image(sample));
                learner.Learn(data.Train.Labels[sample]);
            }
        }
        return 100 * IntegerEvaluator.Accuracy(learner, data.Test);
    }

    /// <summary>The same in single precision.</summary>
    public double Float()
    {
        Network<float> network = recipe.CreateNetwork<float>();
        network.Initialize((ulong)seed);
        foreach ((int[] samples, int halvings) in Phases())
        {
            using var loop = new TrainingLoop<float>(
                network, new SoftmaxCrossEntropy<float>(), new Sgd<float>(), new FixedRate(Math.ScaleB(rate, -halvings)), recipe.Normalization,
                new TrainingSettings(Batch: 1, Epochs: 1, (ulong)seed));
            loop.Run(data.Train.Select(samples));
        }
        return 100 * Evaluator.Accuracy(network, data.Test, recipe.Normalization, Environment.ProcessorCount);
    }

    /// <summary>The samples between two halvings of the rate, before a training loop shuffles them.</summary>
    private IEnumerable<(int[] Samples, int Halvings)> Phases()
    {
        int count = data.Train.Count * epochs, from = 0;
        for (int i = 0; i <= s_halvings.Length; i++)
        {
            int to = i < s_halvings.Length ? (int)(s_halvings[i] * count) : count;
            yield return ([.. Enumerable.Range(from, to - from).Select(sample => sample % data.Train.Count)], i);
            from = to;
        }
    }
}
