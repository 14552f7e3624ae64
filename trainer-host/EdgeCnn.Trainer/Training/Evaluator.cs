using System;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Losses;

namespace EdgeCnn.Trainer.Training;

/// <summary>Measures a network on labelled images.</summary>
public static class Evaluator
{
    private const int GroupSize = 32;

    /// <summary>Share of the images whose largest output is that of their class, 0 … 1.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Images that it did not train with.</param>
    /// <param name="normalization">From pixels to the network's input.</param>
    /// <param name="threads">Threads to work with.</param>
    public static double Accuracy<T>(Network<T> network, Dataset data, Normalization normalization, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        var classes = Classify(network, data, normalization, threads);
        var correct = 0;
        for (var i = 0; i < classes.Length; i++)
            correct += classes[i] == data.Labels[i] ? 1 : 0;
        return correct / (double)data.Count;
    }

    /// <summary>The mean loss of the images.</summary>
    public static double Loss<T>(Network<T> network, Loss<T> loss, Dataset data, Normalization normalization, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Measure(network, loss, data, normalization, threads).Loss;

    /// <summary>Mean loss and accuracy of the images.</summary>
    public static Measurement Measure<T>(Network<T> network, Loss<T> loss, Dataset data, Normalization normalization, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(loss);
        var results = Outputs(network, data, normalization, threads, (image, output) =>
        {
            var target = new T[output.Length];
            target[data.Labels[image]] = T.One;
            var value = double.CreateTruncating(loss.Evaluate(output, target, new T[output.Length]));
            return (Loss: value, Correct: Winner(output) == data.Labels[image]);
        });
        double sum = 0;
        foreach (var result in results)
            sum += result.Loss;
        return new Measurement(sum / data.Count, results.Count(result => result.Correct) / (double)data.Count);
    }

    /// <summary>The class that the network gives every image.</summary>
    public static int[] Classify<T>(Network<T> network, Dataset data, Normalization normalization, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Outputs(network, data, normalization, threads, (_, output) => Winner(output));

    /// <summary>Index of the largest value; of equal ones the first.</summary>
    public static int Winner<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        var winner = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[winner])
                winner = i;
        }

        return winner;
    }

    /// <summary>What <paramref name="read"/> makes of the network's output for every image.</summary>
    private static TResult[] Outputs<T, TResult>(
        Network<T> network, Dataset data, Normalization normalization, int threads, Func<int, ReadOnlySpan<T>, TResult> read)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(normalization);
        var table = normalization.Table<T>();
        var results = new TResult[data.Count];
        var passes = Enumerable.Range(0, threads).Select(_ => new NetworkPass<T>(network, GroupSize, PassPurpose.Infer)).ToArray();
        using var pool = new WorkerPool(threads);
        pool.Run((data.Count + GroupSize - 1) / GroupSize, (group, worker) =>
        {
            var pass = passes[worker];
            var first = group * GroupSize;
            var count = Math.Min(GroupSize, data.Count - first);
            Normalization.Apply<T>(data.Pixels.Slice(first * data.Shape.Length, count * data.Shape.Length), table, pass.Input);
            pass.Forward(count);
            for (var i = 0; i < count; i++)
                results[first + i] = read(first + i, pass.Output.Slice(i * network.Output.Length, network.Output.Length));
        });
        return results;
    }
}

/// <summary>How a network does on some images.</summary>
/// <param name="Loss">Mean loss.</param>
/// <param name="Accuracy">Share that is classified right, 0 … 1.</param>
public readonly record struct Measurement(double Loss, double Accuracy);
