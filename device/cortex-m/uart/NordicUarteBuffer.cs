using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Device;

/// <summary>RAM that the serial line reads and writes by itself.</summary>
internal static class NordicUarteBuffer
{
    /// <summary>A word for the byte that comes, and one for the byte that goes.</summary>
    [RuntimeImport("*", "uarte_buffer"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint Address();
}
