using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// A positive real number as integers hold it: Mantissa / 2³¹ · 2^Shift with the mantissa in [2³⁰, 2³¹), as the LiteRT 8-bit
/// quantization specification makes it.
/// </summary>
/// <param name="Mantissa">Q31; 0 for numbers too small to hold.</param>
/// <param name="Shift">Left shift; negative to the right.</param>
public readonly record struct FixedMultiplier(int Mantissa, int Shift)
{
    /// <summary>The nearest fixed-point number.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative, not finite, or 2³⁰ or more.</exception>
    public static FixedMultiplier Of(double value)
    {
        if (!(value >= 0 && value < 1 << Requantize.MaxShift))
            throw new ArgumentOutOfRangeException(nameof(value), value, "a multiplier is from 0 to 2³⁰");
        if (value == 0) return default;
        int exponent = Math.ILogB(value) + 1;
        long mantissa = (long)Math.Round(Math.ScaleB(value, 31 - exponent), MidpointRounding.AwayFromZero);
        if (mantissa == 1L << 31) (mantissa, exponent) = (mantissa / 2, exponent + 1);
        return exponent < Requantize.MinShift ? default : new FixedMultiplier((int)mantissa, exponent);
    }

    /// <summary>
    /// What averages <paramref name="count"/> numbers while it rescales their sum, as LiteRT's MEAN has it: the mantissa is divided, after
    /// a shift by as many bits as the count has; what is lost is cut off.
    /// </summary>
    public FixedMultiplier DividedBy(int count)
    {
        int shift = Math.Min(Math.Min(int.Log2(count), 32), 31 + Shift);
        return new FixedMultiplier((int)(((long)Mantissa << shift) / count), Shift - shift);
    }

    /// <summary>The real number that is held.</summary>
    public double Value => Math.ScaleB(Mantissa, Shift - 31);
}
