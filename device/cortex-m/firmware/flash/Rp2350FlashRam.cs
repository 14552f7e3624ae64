using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Device;

/// <summary>Calls while flash cannot be read.</summary>
internal static unsafe class Rp2350FlashRam
{
    /// <summary>RAM for calls, and a routine of 256 bytes behind them.</summary>
    [RuntimeImport("*", "flash_work"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte** Work();

    /// <summary>Makes calls out of RAM, without interrupts.</summary>
    /// <param name="calls">Four arguments and the function, for each.</param>
    /// <param name="count">How many.</param>
    /// <returns>What the last one returned.</returns>
    [RuntimeImport("*", "run_from_ram"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* Run(byte** calls, int count);
}
