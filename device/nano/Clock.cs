namespace EdgeCnn;

/// <summary>
/// Ticks for <see cref="Probe"/>: always 0. The profile's only clock is <c>DateTime</c>, a struct that cannot be read without an
/// allocation; an application that measures calls <see cref="Interpreter.Step"/> between two readings of its own.
/// </summary>
internal static class Clock
{
    internal static int Ticks() => 0;
}
