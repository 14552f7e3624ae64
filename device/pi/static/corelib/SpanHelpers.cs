using System.Runtime;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>What ilc calls, by name, to clear, fill and copy long pieces of memory: the C library's functions.</summary>
internal static class SpanHelpers
{
    internal static void ClearWithoutReferences(ref byte to, nuint count) => Set(ref to, 0, count);

    internal static void Fill(ref byte to, byte value, nuint count) => Set(ref to, value, count);

    internal static void Memmove(ref byte to, ref byte from, nuint count) => Move(ref to, ref from, count);

    [RuntimeImport("*", "memset"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Set(ref byte to, int value, nuint count);

    [RuntimeImport("*", "memmove"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Move(ref byte to, ref byte from, nuint count);
}
