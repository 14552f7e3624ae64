namespace EdgeCnn;

/// <summary>Ticks for <see cref="Probe"/>: none.</summary>
internal static class Clock
{
    internal static int Ticks() => 0;
}
