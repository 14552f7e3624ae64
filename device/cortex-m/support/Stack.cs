using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Device;

/// <summary>How deep the stack gets.</summary>
internal static class Stack
{
    /// <summary>Marks what is free of it.</summary>
    [RuntimeImport("*", "paint_stack"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Paint();

    /// <summary>Bytes of it that were in use at any time since then.</summary>
    [RuntimeImport("*", "used_stack"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int UsedBytes();
}
