using System;
using System.Diagnostics;
using System.IO;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Benchmarks.Training;

/// <summary>Lets the trained LeNet-5 learn samples one by one, in integers and all layers, and takes the time.</summary>
internal static class LearningStep
{
    private const int Samples = 64;

    /// <summary>Microseconds of a step: the mean over the samples, in the fastest of the passes that fit into <paramref name="duration"/>.</summary>
    public static double Microseconds(TimeSpan duration)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "lenet5.ecnn"));
        using EdgeModel model = EdgeModel.Open(LearningPlanner.Apply(file, new LearningSettings()), new ModelOptions { Learns = true });
        Dataset digits = DrawnDigits.Draw(seed: 1, first: 0, Samples);
        long start = Stopwatch.GetTimestamp();
        double best = double.PositiveInfinity;
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            long ticks = 0;
            for (int i = 0; i < Samples; i++)
            {
                model.SetPixels(digits.Image(i));
                long began = Stopwatch.GetTimestamp();
                model.Learn(digits.Labels[i]);
                ticks += Stopwatch.GetTimestamp() - began;
            }
            best = Math.Min(best, ticks * 1e6 / Stopwatch.Frequency / Samples);
        }
        return best;
    }
}
