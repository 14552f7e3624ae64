namespace EdgeCnn;

/// <summary>
/// Multipliers and shifts as the REQUANT section holds them, <c>int32 multiplier[count]</c>, <c>int8 shift[count]</c>, padded to a multiple
/// of 4: numbers for <see cref="Requantize.Multiply"/>.
/// </summary>
internal static unsafe class ScaleBlock
{
    /// <summary>Bytes of a block of <paramref name="count"/> multipliers.</summary>
    internal static int Bytes(int count) => (5 * count + 3) & ~3;

    /// <summary>The multiplier with number <paramref name="index"/> of the block at <paramref name="at"/>.</summary>
    internal static int Multiplier(Bytes block, int at, int index) => Memory.Int32(block, at + 4 * index);

    /// <summary>The shift that belongs to the multiplier with number <paramref name="index"/> of <paramref name="count"/>.</summary>
    internal static int Shift(Bytes block, int at, int count, int index) => (sbyte)block[at + 4 * count + index];

    /// <summary>Multipliers and shifts are in the range that <see cref="Requantize"/> takes.</summary>
    internal static ModelError Check(Bytes model, int at, int count, ref int where)
    {
        for (int i = 0; i < count; i++)
        {
            if (Multiplier(model, at, i) < 0) return ModelCheck.Fail(ModelError.BadRequant, at + 4 * i, ref where);
            int shift = Shift(model, at, count, i);
            if (shift < Requantize.MinShift || shift > Requantize.MaxShift)
                return ModelCheck.Fail(ModelError.BadRequant, at + 4 * count + i, ref where);
        }
        return ModelError.None;
    }
}
