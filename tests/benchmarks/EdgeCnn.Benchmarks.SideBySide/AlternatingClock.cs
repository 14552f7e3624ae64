using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace EdgeCnn.Benchmarks.SideBySide;

/// <summary>Microseconds of one run.</summary>
/// <param name="Median">The median over all rounds.</param>
/// <param name="Minimum">The least: what others do on the machine only ever adds time.</param>
internal sealed record RunTime(double Median, double Minimum);

/// <summary>
/// Times several contestants in turns, A B C A B C …, so that whatever disturbs the machine disturbs all of them alike.
/// </summary>
internal static class AlternatingClock
{
    /// <summary>Length of one turn: long against the clock's resolution and what the previous turn left in the caches, short against a
    /// time slice.</summary>
    private const double TurnMicroseconds = 500;

    /// <summary>Share of the duration that passes before anything counts: compilers and caches settle.</summary>
    private const double WarmUp = 0.2;

    /// <summary>Runs all contestants for about <paramref name="duration"/>, at least one round.</summary>
    public static RunTime[] Measure(IReadOnlyList<Action> contestants, TimeSpan duration)
    {
        int[] repetitions = [.. contestants.Select(_ => 1)];
        Rounds(contestants, repetitions, WarmUp * duration, (i, microseconds) =>
        {
            if (microseconds * repetitions[i] < TurnMicroseconds) repetitions[i]++;
        });
        List<double>[] times = [.. contestants.Select(_ => new List<double>())];
        Rounds(contestants, repetitions, (1 - WarmUp) * duration, (i, microseconds) => times[i].Add(microseconds));
        return [.. times.Select(Summarize)];
    }

    private static void Rounds(IReadOnlyList<Action> contestants, int[] repetitions, TimeSpan duration, Action<int, double> record)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            for (int i = 0; i < contestants.Count; i++)
            {
                long turn = Stopwatch.GetTimestamp();
                for (int k = 0; k < repetitions[i]; k++) contestants[i]();
                record(i, Stopwatch.GetElapsedTime(turn).TotalMicroseconds / repetitions[i]);
            }
        }
        while (Stopwatch.GetElapsedTime(start) < duration);
    }

    private static RunTime Summarize(List<double> times)
    {
        times.Sort();
        return new RunTime(times[times.Count / 2], times[0]);
    }
}
