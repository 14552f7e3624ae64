namespace EdgeCnn;

/// <summary>
/// Ticks for <see cref="Probe"/>: processor cycles, wrapping, from the cycle counter of the Data Watchpoint and Trace unit (Armv7-M
/// Architecture Reference Manual, C1.8). QEMU has no such unit and reads 0.
/// </summary>
internal static unsafe class Clock
{
    private const uint DebugExceptionAndMonitorControl = 0xE000EDFC, TraceEnable = 1 << 24;
    private const uint TraceControl = 0xE0001000, CycleCounterEnable = 1;
    private const uint CycleCounter = 0xE0001004;

    /// <summary>Starts counting.</summary>
    internal static void Start()
    {
        *(uint*)DebugExceptionAndMonitorControl |= TraceEnable;
        *(uint*)TraceControl |= CycleCounterEnable;
    }

    internal static int Ticks() => *(int*)CycleCounter;
}
