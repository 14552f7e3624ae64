namespace EdgeCnn;

/// <summary>
/// Operators that bring both operands to a common scale first: x = scale₁ · (a − zeroPoint₁), y = scale₂ · (b − zeroPoint₂) with some
/// fraction bits, then combine them and rescale the result.
/// </summary>
internal static unsafe class ScaledPair
{
    /// <summary>x + y.</summary>
    internal const int Sum = 0;

    /// <summary>x − y.</summary>
    internal const int Difference = 1;

    /// <summary>(x − y)².</summary>
    internal const int Square = 2;

    /// <summary>y − x.</summary>
    internal const int SwappedDifference = 3;

    /// <summary>Fraction bits of the common scale of int8 sums: what 32 bits hold, 255 · 2²⁰.</summary>
    internal const int FractionBits = 20;

    /// <summary>Multipliers of the operator: the first operand's, the second one's, the result's.</summary>
    internal const int Scales = 3;

    internal static void Row(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count,
        Bytes scales, int scalesAt, int function)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        bool wide = Element.IsWide(model, output);
        // 65535 · 2¹⁵; in a square twice as many, (255 · 2⁷)².
        int fraction = function == Square ? (wide ? 0 : 7) : wide ? 15 : FractionBits, size = wide ? 2 : 1;
        int zero1 = TensorRecord.ZeroPoint(model, input), zero2 = Broadcast.ZeroPoint2(model, op);
        int zero = TensorRecord.ZeroPoint(model, output), min = Clamp.Min(model, op), max = Clamp.Max(model, op);
        int multiplier1 = ScaleBlock.Multiplier(scales, scalesAt, 0), shift1 = ScaleBlock.Shift(scales, scalesAt, Scales, 0);
        int multiplier2 = ScaleBlock.Multiplier(scales, scalesAt, 1), shift2 = ScaleBlock.Shift(scales, scalesAt, Scales, 1);
        int multiplier = ScaleBlock.Multiplier(scales, scalesAt, 2), shift = ScaleBlock.Shift(scales, scalesAt, Scales, 2);
        if (function == Sum && PairTile.Takes(step1, step2, wide, count, multiplier, shift))
        {
            PairTile.Add(
                arena, at1, zero1, multiplier1, shift1, second, at2, zero2, multiplier2, shift2, multiplier, shift,
                zero, min, max, to, count);
            return;
        }
        for (int i = 0; i < count; i++, at1 += step1, at2 += step2, to += size)
        {
            int x = Requantize.Multiply((Element.Read(arena, at1, wide) - zero1) << fraction, multiplier1, shift1);
            int y = Requantize.Multiply((Element.Read(second, at2, wide) - zero2) << fraction, multiplier2, shift2);
            int result = function == Sum ? x + y : function == SwappedDifference ? y - x : x - y;
            if (function == Square) result *= result;
            Element.Write(arena, to, wide, Requantize.Clamp(Requantize.Multiply(result, multiplier, shift) + zero, min, max));
        }
    }
}
