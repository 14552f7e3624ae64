namespace EdgeCnn.Device;

/// <summary>Registers that every Cortex-M has (Armv7-M Architecture Reference Manual, B3.2).</summary>
internal static unsafe class Processor
{
    private const uint ApplicationInterruptAndReset = 0xE000ED0C, Key = 0x05FA0000, SystemResetRequest = 4;

    /// <summary>Starts the whole chip again; RAM keeps its content. Does not return.</summary>
    internal static void Reset()
    {
        *(uint*)ApplicationInterruptAndReset = Key | SystemResetRequest;
        while (true)
        {
        }
    }
}
