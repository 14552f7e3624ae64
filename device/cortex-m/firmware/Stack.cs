using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Device;

/// <summary>How deep the stack was: it is painted at the start, and what is no longer paint was used.</summary>
internal static unsafe class Stack
{
    private const uint Color = 0x5A5A5A5A;

    // What the painter itself has on the stack.
    private const int Spared = 64;

    /// <summary>Deepest so far.</summary>
    internal static int Bytes
    {
        get
        {
            uint* at = (uint*)Bottom();
            while (*at == Color) at++;
            return (int)(Top() - (byte*)at);
        }
    }

    /// <summary>Paints what is not in use.</summary>
    internal static void Paint()
    {
        uint marker;
        for (uint* at = (uint*)Bottom(); (byte*)at < (byte*)&marker - Spared; at++) *at = Color;
    }

    [RuntimeImport("*", "stack_bottom_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* Bottom();

    [RuntimeImport("*", "stack_top_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* Top();
}
