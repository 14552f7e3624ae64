namespace EdgeCnn;

/// <summary>Ticks for <see cref="Probe"/>: microseconds of the monotonic clock, wrapping.</summary>
internal static class Clock
{
    internal static int Ticks() => (int)Device.Waiting.Microseconds();
}
