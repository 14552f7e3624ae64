using System;
using System.Diagnostics;
using System.Globalization;

namespace EdgeCnn.Tests;

/// <summary>How long a search goes on: a number of rounds, or as many seconds as EDGECNN_FUZZ_SECONDS says.</summary>
internal struct FuzzClock(int rounds)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _round;

    /// <summary>The time that was asked for, or 0.</summary>
    internal static int Seconds =>
        int.TryParse(Environment.GetEnvironmentVariable("EDGECNN_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out int asked) ? asked : 0;

    /// <summary>Whether there is another round.</summary>
    internal bool Next() => Seconds > 0 ? Stopwatch.GetElapsedTime(_start).TotalSeconds < Seconds : _round++ < rounds;
}
