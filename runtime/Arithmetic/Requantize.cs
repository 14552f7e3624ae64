namespace EdgeCnn;

/// <summary>
/// From a 32-bit accumulator to an output integer: multiplication by a positive real number that is held as a Q31 mantissa and a
/// shift, rounded twice, as the LiteRT 8-bit quantization specification's reference kernels do by default.
/// </summary>
public static class Requantize
{
    /// <summary>Largest left shift.</summary>
    public const int MaxShift = 30;

    /// <summary>Largest right shift, as a negative number.</summary>
    public const int MinShift = -31;

    /// <summary>
    /// round(round(x · 2^left · multiplier / 2³¹) / 2^right), shift = left − right, one of the two being zero. The left shift wraps;
    /// the rounded high product saturates in its single overflowing case, both factors −2³¹.
    /// </summary>
    public static int Multiply(int x, int multiplier, int shift) => shift > 0
        ? MultiplyHigh(x << shift, multiplier)
        : ShiftRight(MultiplyHigh(x, multiplier), -shift);

    /// <summary>Largest left shift of <see cref="MultiplyWide"/>.</summary>
    public const int MaxWideShift = 14;

    /// <summary>
    /// round(x · multiplier / 2³¹ · 2^shift) for a 64-bit accumulator of at most 48 bits: the mantissa is reduced to 16 bits, 0x7FFF at the
    /// most, and the product rounded once, half up. The shift is −31 to <see cref="MaxWideShift"/>.
    /// </summary>
    public static int MultiplyWide(long x, int multiplier, int shift)
    {
        int reduced = multiplier < 0x7FFF0000 ? (multiplier + (1 << 15)) >> 16 : 0x7FFF, right = 15 - shift;
        return (int)((x * reduced + (1L << (right - 1))) >> right);
    }

    /// <summary>The doubling high product ⌊(a·b + 2³⁰) / 2³¹⌋: ties go up.</summary>
    public static int MultiplyHigh(int a, int b) =>
        a == b && a == int.MinValue ? int.MaxValue : (int)(((long)a * b + (1L << 30)) >> 31);

    /// <summary>x / 2ⁿ rounded to nearest, ties away from zero; n is 0 to 31.</summary>
    public static int ShiftRight(int x, int n)
    {
        int mask = (int)((1u << n) - 1);
        int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
        return (x >> n) + ((x & mask) > threshold ? 1 : 0);
    }

    /// <summary>x / divisor rounded to nearest, ties away from zero; the divisor is positive.</summary>
    public static int Divide(int x, int divisor) =>
        x > 0 ? (x + divisor / 2) / divisor : (x - divisor / 2) / divisor;

    /// <summary>The nearest number to <paramref name="x"/> in [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public static int Clamp(int x, int min, int max) => x < min ? min : x > max ? max : x;
}
