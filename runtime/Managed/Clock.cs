namespace EdgeCnn;

/// <summary>Ticks for <see cref="Probe"/>; each build has its own. Here: nanoseconds, wrapping.</summary>
internal static class Clock
{
    internal static int Ticks() =>
        (int)(System.Diagnostics.Stopwatch.GetTimestamp() * (1_000_000_000 / System.Diagnostics.Stopwatch.Frequency));
}
