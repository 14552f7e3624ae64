using System.Runtime;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>
/// Integer division. RyuJIT emits no divide instruction for 32-bit Arm and ilc turns every / and % into a call of these methods, by name.
/// 32 bits: one <c>sdiv</c>/<c>udiv</c>, whose trap on zero <c>reset.S</c> switches on. 64 bits: the compiler library (libgcc).
/// </summary>
/// <remarks>MinValue / −1 gives MinValue instead of an exception.</remarks>
public static class Math
{
    private static int DivInt32(int a, int b) => SignedDivide(a, b);

    private static uint DivUInt32(uint a, uint b) => UnsignedDivide(a, b);

    private static int ModInt32(int a, int b) => a - SignedDivide(a, b) * b;

    private static uint ModUInt32(uint a, uint b) => a - UnsignedDivide(a, b) * b;

    private static long DivInt64(long a, long b) => SignedDivide(a, b);

    private static ulong DivUInt64(ulong a, ulong b) => UnsignedDivide(a, b);

    private static long ModInt64(long a, long b) => a - SignedDivide(a, b) * b;

    private static ulong ModUInt64(ulong a, ulong b) => a - UnsignedDivide(a, b) * b;

    [RuntimeImport("*", "divide_int32"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int SignedDivide(int a, int b);

    [RuntimeImport("*", "divide_uint32"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern uint UnsignedDivide(uint a, uint b);

    [RuntimeImport("*", "__aeabi_ldivmod"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long SignedDivide(long a, long b);

    [RuntimeImport("*", "__aeabi_uldivmod"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong UnsignedDivide(ulong a, ulong b);
}
