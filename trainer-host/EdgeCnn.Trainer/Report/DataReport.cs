using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Trainer.Report;

/// <summary>How many samples a class has.</summary>
/// <param name="Name">The class.</param>
/// <param name="Train">For training.</param>
/// <param name="Validation">For validation.</param>
/// <param name="Test">For testing.</param>
public sealed record ClassCount(string Name, int Train, int Validation, int Test);

/// <summary>What there is to know of data before training on them.</summary>
/// <param name="Classes">Counts, in the order of the labels.</param>
/// <param name="Balance">Training samples of the smallest class per one of the largest, 0 … 1.</param>
/// <param name="Mean">Of the training pixels / 255, per channel: what a recipe's normalization takes.</param>
/// <param name="Deviation">Standard deviation of the same.</param>
public sealed record DataReport(
    IReadOnlyList<ClassCount> Classes, double Balance, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    private const double Scale = 255;

    /// <summary>Counts and measures.</summary>
    public static DataReport Of(DataSplit data)
    {
        ArgumentNullException.ThrowIfNull(data);
        int[] train = Count(data.Train, data), validation = Count(data.Validation, data), test = Count(data.Test, data);
        ClassCount[] classes = [.. data.Train.Classes.Select((name, i) => new ClassCount(name, train[i], validation[i], test[i]))];
        var channels = Enumerable.Range(0, data.Train.Shape.Channels).Select(channel => Moments(data.Train, channel)).ToArray();
        return new DataReport(
            classes, (double)train.Min() / Math.Max(1, train.Max()), [.. channels.Select(moments => moments.Mean)],
            [.. channels.Select(moments => moments.Deviation)]);
    }

    private static int[] Count(Dataset? part, DataSplit data)
    {
        var counts = new int[data.Train.Classes.Count];
        foreach (var label in part is null ? [] : part.Labels)
            counts[label]++;
        return counts;
    }

    /// <summary>Mean and standard deviation of one channel, from sums of whole numbers, which no order of adding changes.</summary>
    private static (double Mean, double Deviation) Moments(Dataset data, int channel)
    {
        long sum = 0, squares = 0;
        var pixels = data.Pixels;
        for (var i = channel; i < pixels.Length; i += data.Shape.Channels)
        {
            sum += pixels[i];
            squares += pixels[i] * pixels[i];
        }

        var count = pixels.Length / data.Shape.Channels;
        var mean = (double)sum / count;
        return (mean / Scale, Math.Sqrt(Math.Max(0, (double)squares / count - mean * mean)) / Scale);
    }
}
