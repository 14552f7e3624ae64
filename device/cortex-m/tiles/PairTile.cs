using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>Elementwise sums of two int8 operands with scales of their own (<see cref="ScaledPair"/>), from add.S.</summary>
internal static unsafe class PairTile
{
    /// <summary>Elements from which on the tables pay that are made first.</summary>
    private const int Fewest = 64;

    /// <summary>Whether it serves operands that go on by these steps, and this scale of the result.</summary>
    internal static bool Takes(int step1, int step2, bool wide, int count, int multiplier, int shift) =>
        step1 == 1 && step2 == 1 && !wide && count >= Fewest && multiplier >= 1 << 30 && shift < 0;

    /// <summary>arena[to + i] = clamp(zero + requantize(x[i] + y[i])) with x and y the operands at
    /// <see cref="ScaledPair.FractionBits"/>.</summary>
    internal static void Add(
        byte* arena, int at1, int zero1, int multiplier1, int shift1, byte* second, int at2, int zero2, int multiplier2, int shift2,
        int multiplier, int shift, int zero, int min, int max, int to, int count)
    {
        PairScales scales;
        scales.Zero1 = zero1;
        scales.Multiplier1 = multiplier1;
        scales.Shift1 = shift1;
        scales.Zero2 = zero2;
        scales.Multiplier2 = multiplier2;
        scales.Shift2 = shift2;
        scales.Multiplier = multiplier;
        scales.Shift = shift;
        scales.Zero = zero;
        AddBytes(arena + at1, second + at2, arena + to, count, &scales);
        RowTile.Clamp(arena + to, count, min, max);
    }

    [RuntimeImport("*", "add_bytes"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void AddBytes(byte* a, byte* b, byte* output, int count, PairScales* scales);
}

/// <summary>Zero points, multipliers and shifts of both operands and of the result, as add.S reads them.</summary>
internal struct PairScales
{
    internal int Zero1, Multiplier1, Shift1, Zero2, Multiplier2, Shift2, Multiplier, Shift, Zero;
}
