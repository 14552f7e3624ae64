namespace EdgeCnn;

/// <summary>Elementwise sums of two operands with scales of their own (<see cref="ScaledPair"/>) in the way of one processor. This build
/// has none.</summary>
internal static unsafe class PairTile
{
    /// <summary>Whether it serves operands that go on by these steps, and this scale of the result.</summary>
    internal static bool Takes(int step1, int step2, bool wide, int count, int multiplier, int shift) => false;

    /// <summary>arena[to + i] = clamp(zero + requantize(x[i] + y[i])) with x and y the operands at
    /// <see cref="ScaledPair.FractionBits"/>.</summary>
    internal static void Add(
        Bytes arena, int at1, int zero1, int multiplier1, int shift1, Bytes second, int at2, int zero2, int multiplier2, int shift2,
        int multiplier, int shift, int zero, int min, int max, int to, int count)
    {
    }
}
