namespace EdgeCnn;

/// <summary>
/// Finds the numbers of a <see cref="LinearSum"/>. Two int8 operands have 65,536 pairs of values: the portable operator says what each of
/// them gives, every pair bounds the start from below or above, and any start within all bounds is exact for every input.
/// </summary>
internal static unsafe class LinearFit
{
    private const int Values = 256;

    /// <summary>
    /// Factors are stretched by 0, ±1, ±8, ±64, ±512 parts of 2²⁸ until there is a start. That much lets ties go away from zero on both
    /// sides, and is far below what the operands' own rounding leaves open.
    /// </summary>
    private const int StretchBits = 28, MostStretch = 512;

    /// <summary>Writes factors, start and shift; shift 0 when there are none, which happens for scales far apart.</summary>
    internal static void Write(Bytes model, int op, Bytes scales, byte* block)
    {
        byte* values = stackalloc byte[2 * Values];
        for (int i = 0; i < Values; i++) values[i] = (byte)i;
        for (int stretch = 0; stretch <= MostStretch; stretch = stretch == 0 ? 1 : 8 * stretch)
        {
            if (Try(model, op, scales, stretch, values, block) || Try(model, op, scales, -stretch, values, block)) return;
        }
        Memory.SetInt32(block, LinearSum.ShiftAt, 0);
    }

    private static bool Try(Bytes model, int op, Bytes scales, int stretch, byte* values, byte* block)
    {
        int shift = LinearSum.MaxShift;
        long factor1, factor2;
        const long limit = 1L << (2 * LinearSum.LowBits);
        do
        {
            factor1 = Factor(scales, 0, shift, stretch);
            factor2 = Factor(scales, 1, shift, stretch);
        }
        while ((factor1 >= limit || factor2 >= limit) && --shift >= LinearSum.LowBits);
        if (shift < LinearSum.LowBits) return false;

        if (OperatorRecord.Code(model, op) == Sub.Code)
        {
            if (model[op + Broadcast.SwappedAt] == 0) factor2 = -factor2;
            else factor1 = -factor1;
        }
        long lowest = long.MinValue, highest = long.MaxValue;
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op);
        for (int i = 0; i < Values; i++)
        {
            OperatorTable.Row(model, op, values, 0, 1, values, i, 0, Values, Values, scales, 0);
            for (int k = 0; k < Values; k++)
            {
                long sum = (sbyte)values[k] * factor1 + (sbyte)values[i] * factor2;
                int q = (sbyte)values[Values + k];
                // q · 2ˢʰⁱᶠᵗ ≤ sum + start < (q + 1) · 2ˢʰⁱᶠᵗ, one of them where the clamp hides the rest.
                if (q > min && ((long)q << shift) - sum > lowest) lowest = ((long)q << shift) - sum;
                if (q < max && ((q + 1L) << shift) - 1 - sum < highest) highest = ((q + 1L) << shift) - 1 - sum;
            }
            if (lowest > highest) return false;
        }
        long start = lowest == long.MinValue ? highest : highest == long.MaxValue ? lowest : lowest + (highest - lowest) / 2;
        Memory.SetInt32(block, 0, (int)factor1);
        Memory.SetInt32(block, 4, (int)factor2);
        Memory.SetInt32(block, LinearSum.StartAt, (int)start);
        Memory.SetInt32(block, LinearSum.StartAt + 4, (int)(start >> 32));
        Memory.SetInt32(block, LinearSum.ShiftAt, shift);
        return true;
    }

    /// <summary>scale(operand) / scale(output) · 2ˢʰⁱᶠᵗ, rounded: the operand's multiplier times that of the sum, whose 20 fraction bits
    /// cancel.</summary>
    private static long Factor(Bytes scales, int operand, int shift, int stretch)
    {
        long product = (long)ScaleBlock.Multiplier(scales, 0, operand) * ScaleBlock.Multiplier(scales, 0, 2);
        int exponent = ScaledPair.FractionBits - 62 + shift
            + ScaleBlock.Shift(scales, 0, ScaledPair.Scales, operand) + ScaleBlock.Shift(scales, 0, ScaledPair.Scales, 2);
        product += (product >> StretchBits) * stretch;
        if (exponent >= 0) return product == 0 ? 0 : long.MaxValue;
        return exponent < -62 ? 0 : (product + (1L << (-exponent - 1))) >> -exponent;
    }
}
