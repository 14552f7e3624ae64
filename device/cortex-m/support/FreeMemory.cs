using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Device;

/// <summary>The RAM between the firmware's own variables and the end: the arena goes here.</summary>
public static unsafe class FreeMemory
{
    /// <summary>First byte, 16-byte aligned.</summary>
    public static byte* First => Begin();

    /// <summary>Bytes to the end of RAM.</summary>
    public static int Bytes => (int)(End() - Begin());

    [RuntimeImport("*", "free_memory_begin_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* Begin();

    [RuntimeImport("*", "free_memory_end_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* End();
}
