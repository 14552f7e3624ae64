using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Benchmarks.Training;

/// <summary>Trains in EdgeCnn, and takes the time.</summary>
internal static class EdgeCnnTraining
{
    private const int Batches = 16;

    /// <summary>
    /// Trains a network on noise: samples per second of the fastest of the steps that fit into <paramref name="duration"/>.
    /// </summary>
    public static double SamplesPerSecond(Contest contest, TimeSpan duration)
    {
        Recipe recipe = Recipe.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Networks", $"{contest.Network}.json")));
        var network = recipe.CreateNetwork<float>();
        network.Initialize(recipe.Seed);
        byte[] pixels = new byte[contest.Batch * Batches * recipe.Input.Length], labels = new byte[contest.Batch * Batches];
        var random = new Random(1);
        random.NextBytes(pixels);
        for (int i = 0; i < labels.Length; i++) labels[i] = (byte)random.Next(recipe.Classes.Count);
        var data = new Dataset(recipe.Input, pixels, labels, recipe.Classes);
        using var clock = new StepClock(duration);
        using var loop = new TrainingLoop<float>(
            network, recipe.CreateLoss<float>(), recipe.CreateOptimizer<float>(), recipe.CreateSchedule(), recipe.Normalization,
            new TrainingSettings(contest.Batch, Epochs: 1_000_000, Seed: 1, Threads: contest.Threads));
        try
        {
            loop.Run(data, clock, clock.Ended);
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
        return contest.Batch / clock.Fastest.TotalSeconds;
    }

    /// <summary>Trains until the end of the first epoch that reaches the aim, or to the end.</summary>
    public static Arrival TrainTo(Race race)
    {
        Recipe recipe = race.Recipe;
        var network = recipe.CreateNetwork<float>((ulong)race.Seed);
        using var arrived = new CancellationTokenSource();
        using var loop = new TrainingLoop<float>(
            network, recipe.CreateLoss<float>(), recipe.CreateOptimizer<float>(), recipe.CreateSchedule(), recipe.Normalization,
            new TrainingSettings(recipe.Batch, race.Epochs, (ulong)race.Seed, Threads: race.Threads));
        Arrival arrival = default;
        var clock = Stopwatch.StartNew();
        loop.EpochEnded = epoch =>
        {
            clock.Stop();
            double accuracy = Evaluator.Accuracy(network, race.Data.Test, recipe.Normalization, race.Threads);
            arrival = new Arrival(epoch.Epoch, clock.Elapsed, accuracy);
            if (accuracy >= race.Aim) arrived.Cancel();
            clock.Start();
        };
        try
        {
            loop.Run(race.Data.Train, cancellation: arrived.Token);
        }
        catch (OperationCanceledException)
        {
            // The aim is reached before the last epoch.
        }
        return arrival;
    }

    /// <summary>Notes the time between the ends of two steps.</summary>
    private sealed class StepClock(TimeSpan duration) : IProgress<TrainingProgress>, IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly long _start = Stopwatch.GetTimestamp();
        private long _last = Stopwatch.GetTimestamp();

        public TimeSpan Fastest { get; private set; } = TimeSpan.MaxValue;

        public CancellationToken Ended => _end.Token;

        public void Report(TrainingProgress value)
        {
            // Between epochs the order is shuffled: that is no step's time.
            TimeSpan step = Stopwatch.GetElapsedTime(_last);
            if (value.Batch > 1 && step < Fastest) Fastest = step;
            if (Stopwatch.GetElapsedTime(_start) > duration) _end.Cancel();
            _last = Stopwatch.GetTimestamp();
        }

        public void Dispose() => _end.Dispose();
    }
}
