using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Tests;

/// <summary>
/// A search for faults with damaged inputs, on all cores: as many inputs as the test says, or as long as EDGECNN_FUZZ_SECONDS says. What
/// an accepted input does is put in words; one that does something new is kept and damaged further. An input that takes a minute of
/// processor time ends the process, and is left in a file.
/// </summary>
internal static class FuzzSearch
{
    /// <summary>Time that an input may take.</summary>
    internal const int SecondsPerInput = 60;

    private const int Streams = 4, Capacity = 4096;

    /// <summary>How long to search; 0 for a number of inputs.</summary>
    internal static int Seconds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("EDGECNN_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out int asked) ? asked : 0;

    /// <summary>Searches.</summary>
    /// <param name="originals">Undamaged inputs.</param>
    /// <param name="count">How many damaged ones to try when no time is given.</param>
    /// <param name="create">Makes a target for one thread.</param>
    internal static FuzzResult Run<TInput>(IReadOnlyList<TInput> originals, int count, Func<FuzzTarget<TInput>> create)
    {
        // A fixed number of streams gives the same inputs on any machine.
        int streams = Seconds > 0 ? Environment.ProcessorCount : Streams;
        var results = new FuzzResult[streams];
        using var limit = new FuzzTimeLimit(streams, SecondsPerInput);
        Parallel.For(0, streams, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, stream =>
            results[stream] = Search(originals, count / streams, create, limit, stream));
        return new FuzzResult(
            results.Sum(result => result.Inputs), results.Max(result => result.Kept), results.Max(result => result.Slowest));
    }

    private static FuzzResult Search<TInput>(
        IReadOnlyList<TInput> originals, int count, Func<FuzzTarget<TInput>> create, FuzzTimeLimit limit, int stream)
    {
        using FuzzTarget<TInput> target = create();
        var random = new SplitMix64(2026, (ulong)stream);
        List<TInput> corpus = [];
        HashSet<string> seen = [];
        long start = Stopwatch.GetTimestamp();
        TimeSpan slowest = default;
        int inputs = 0;
        for (; Seconds > 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds : inputs < count; inputs++)
        {
            bool further = corpus.Count > 0 && random.Below(2) == 0;
            TInput parent = further ? corpus[random.Below(corpus.Count)] : originals[random.Below(originals.Count)];
            TInput input = target.Damage(parent, ref random);
            long began = limit.Begin(stream, target.Bytes(input));
            string? deed = target.Judge(input, ref random);
            limit.End(stream);
            if (Stopwatch.GetElapsedTime(began) is var time && time > slowest) slowest = time;
            if (deed is not null && corpus.Count < Capacity && seen.Add(deed)) corpus.Add(input);
        }
        return new FuzzResult(inputs, corpus.Count, slowest);
    }
}

/// <summary>What a search did.</summary>
/// <param name="Inputs">Number of inputs tried.</param>
/// <param name="Kept">Inputs that a thread kept because they did something new.</param>
/// <param name="Slowest">The longest time that an input took.</param>
internal sealed record FuzzResult(int Inputs, int Kept, TimeSpan Slowest)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Inputs} inputs, {Kept} of them new in what they did, the slowest {Slowest.TotalSeconds:f3} s");
}
