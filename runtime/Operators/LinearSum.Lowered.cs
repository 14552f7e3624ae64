namespace EdgeCnn;

/// <summary>
/// Sum or difference of two int8 operands in one step: q = clamp((a · <see cref="Factor1"/> + b · <see cref="Factor2"/> +
/// <see cref="Start"/>) >> <see cref="Shift"/>), exactly what <see cref="ScaledPair"/> rounds three times for (<see cref="LinearFit"/>).
/// </summary>
/// <remarks>
/// Block: int32 factor of a, int32 factor of b, int64 start, int32 shift, then the multipliers of the portable block. Both factors are
/// below 2³⁰, so that each is a high part and <see cref="LowBits"/> low bits, and all fits 32-bit lanes. Shift 0: no such numbers exist.
/// </remarks>
internal readonly unsafe struct LinearSum
{
    /// <summary>Bits of the factors' low part.</summary>
    internal const int LowBits = 15;

    /// <summary>The largest shift; the smallest is <see cref="LowBits"/>.</summary>
    internal const int MaxShift = 36;

    internal const int StartAt = 8, ShiftAt = 16, ScalesAt = 20;

    /// <summary>What a step of the first and of the second operand adds, in 2⁻ˢʰⁱᶠᵗ of an output step.</summary>
    internal readonly int Factor1, Factor2;

    /// <summary>The zero points and the rounding.</summary>
    internal readonly long Start;

    internal readonly int Shift, Min, Max;

    internal LinearSum(Bytes model, int op, Bytes block, int at)
    {
        Factor1 = Memory.Int32(block, at);
        Factor2 = Memory.Int32(block, at + 4);
        Start = (uint)Memory.Int32(block, at + StartAt) | ((long)Memory.Int32(block, at + StartAt + 4) << 32);
        Shift = Memory.Int32(block, at + ShiftAt);
        Min = Clamp.Min(model, op);
        Max = Clamp.Max(model, op);
    }

    /// <summary>Bytes of the block.</summary>
    internal static int BlockBytes => ScalesAt + ScaleBlock.Bytes(ScaledPair.Scales);

    /// <summary>The low parts of both factors, as a pair of int16.</summary>
    internal int LowFactors => (Factor1 & ((1 << LowBits) - 1)) | ((Factor2 & ((1 << LowBits) - 1)) << 16);

    /// <summary>The high parts of both factors, as a pair of int16.</summary>
    internal int HighFactors => ((Factor1 >> LowBits) & 0xFFFF) | ((Factor2 >> LowBits) << 16);

    /// <summary>The start's low part.</summary>
    internal int LowStart => (int)Start & ((1 << LowBits) - 1);

    /// <summary>The start's high part.</summary>
    internal int HighStart => (int)(Start >> LowBits);

    /// <summary>What is left to shift when the low parts are gone.</summary>
    internal int HighShift => Shift - LowBits;

    /// <summary>The shift fits the lanes, or is 0; the multipliers are in range.</summary>
    internal static ModelError CheckRequant(Bytes model, int op, ref int where)
    {
        int at = OperatorRecord.Requant(model, op), shift = Memory.Int32(model, at + ShiftAt);
        return shift == 0 || (shift >= LowBits && shift <= MaxShift)
            ? ScaleBlock.Check(model, at + ScalesAt, ScaledPair.Scales, ref where)
            : ModelCheck.Fail(ModelError.BadRequant, at + ShiftAt, ref where);
    }

    /// <summary>Writes the block from that of the portable record.</summary>
    internal static void Pack(Bytes model, int op, Bytes scales, byte* packed)
    {
        Memory.Copy(scales, 0, packed, ScalesAt, ScaleBlock.Bytes(ScaledPair.Scales));
        LinearFit.Write(model, op, scales, packed);
    }

    /// <summary>One row; an operand with step 0 is the same for all of it.</summary>
    internal static void Row<TTile>(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count, Bytes block, int blockAt)
        where TTile : struct, IChannelTile
    {
        var numbers = new LinearSum(model, op, block, blockAt);
        if (numbers.Shift == 0)
        {
            OperatorTable.Row(model, op, arena, at1, step1, second, at2, step2, to, count, block, blockAt + ScalesAt);
            return;
        }
        sbyte* a = (sbyte*)arena + at1, b = (sbyte*)second + at2, y = (sbyte*)arena + to;
        int whole = count & -IChannelTile.SumLanes;
        if (whole > 0) TTile.Sum(a, step1, b, step2, y, whole, numbers);
        for (int i = whole; i < count; i++) y[i] = numbers.Of(a[i * step1], b[i * step2]);
    }

    /// <summary>The sum of two elements.</summary>
    internal sbyte Of(int a, int b) => (sbyte)Requantize.Clamp((int)(((long)a * Factor1 + (long)b * Factor2 + Start) >> Shift), Min, Max);
}
