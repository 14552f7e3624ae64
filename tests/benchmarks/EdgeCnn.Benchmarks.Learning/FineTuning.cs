using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Benchmarks.Learning;

/// <summary>Learns the same samples in the same order with the device's integers and with float SGD, one sample at a time.</summary>
/// <param name="model">The model, with a plan to learn.</param>
/// <param name="networkFile">The float network that it was made of.</param>
/// <param name="rate">Step size.</param>
internal sealed class FineTuning(byte[] model, string networkFile, double rate)
{
    /// <summary>Prints the head of the table.</summary>
    public static void PrintHeader(string what) => Console.WriteLine(
        $"| {what} | before % | float SGD % | integer SGD % | difference | of float's gain |\n|---|---:|---:|---:|---:|---:|");

    /// <summary>Prints a line: the mean of all runs, each with samples of its own.</summary>
    public void Print(string name, int runs, Dataset test, Func<int, Dataset> samplesOf)
    {
        double before = Integer(test.Slice(0, 0), test), real = 0, integer = 0;
        for (int seed = 1; seed <= runs; seed++)
        {
            Dataset samples = samplesOf(seed);
            real += Float(samples, test) / runs;
            integer += Integer(samples, test) / runs;
        }
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {before:f2} | {real:f2} | {integer:f2} | {integer - real:+0.00;-0.00;0.00} | {100 * (integer - before) / (real - before):f1} % |"));
    }

    /// <summary>Accuracy on <paramref name="test"/> after learning in integers.</summary>
    private double Integer(Dataset samples, Dataset test)
    {
        using EdgeModel learner = EdgeModel.Open(model, new ModelOptions { Learns = true });
        for (int i = 0; i < samples.Count; i++)
        {
            learner.SetPixels(samples.Image(i));
            learner.Learn(samples.Labels[i]);
        }
        return 100 * IntegerEvaluator.Accuracy(learner, test);
    }

    /// <summary>The same in single precision, from the weights that the model was quantized from.</summary>
    private double Float(Dataset samples, Dataset test)
    {
        SavedNetwork saved = NetworkSerializer.Load(networkFile);
        Recipe recipe = saved.Recipe;
        for (int i = 0; i < samples.Count; i++)
        {
            // One sample is one training, so that the order is the caller's.
            using var loop = new TrainingLoop<float>(
                saved.Network, new SoftmaxCrossEntropy<float>(), new Sgd<float>(), new FixedRate(rate), recipe.Normalization,
                new TrainingSettings(Batch: 1, Epochs: 1, Seed: 1));
            loop.Run(samples.Select([i]));
        }
        return 100 * Evaluator.Accuracy(saved.Network, test, recipe.Normalization, Environment.ProcessorCount);
    }
}
