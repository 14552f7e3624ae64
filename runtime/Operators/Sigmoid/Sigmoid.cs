namespace EdgeCnn;

/// <summary>
/// Logistic sigmoid or hyperbolic tangent of int16 numbers: y = 1/(1 + e⁻ˣ) or y = tanh x = 2/(1 + e⁻²ˣ) − 1, interpolated in a table of
/// the sigmoid at k/24, k = 0 … 255, in units of 2⁻¹⁶. Both zero points are 0, the output is in steps of 2⁻¹⁵. 8-bit sigmoids are a
/// <see cref="Lookup"/>. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class Sigmoid
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 25;

    /// <summary>Entries of the table, uint16 each.</summary>
    internal const int TableLength = 256;

    /// <summary>Int16: the input's scale · 3 · 2¹², times two to the shift.</summary>
    internal const int MultiplierAt = OperatorRecord.OwnAt;

    /// <summary>Byte: right shift that belongs to the multiplier.</summary>
    internal const int ShiftAt = OperatorRecord.OwnAt + 2;

    /// <summary>Byte: 1 for the hyperbolic tangent.</summary>
    internal const int IsTanhAt = OperatorRecord.OwnAt + 3;

    /// <summary>Eight bytes, 0.</summary>
    internal const int ReservedAt = OperatorRecord.OwnAt + 4;

    private const int MaxShift = 31;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int16, ElementType.Int16, ref where);
        if (error == ModelError.None) error = OperatorCheck.SameElements(model, op, ref where);
        if (error == ModelError.None) error = OperatorCheck.Zeros(model, op + ReservedAt, op + OperatorRecord.Bytes, ref where);
        if (error != ModelError.None) return error;
        if (Memory.Int16(model, op + MultiplierAt) < 0) return ModelCheck.Fail(ModelError.BadRequant, op + MultiplierAt, ref where);
        if (model[op + ShiftAt] > MaxShift) return ModelCheck.Fail(ModelError.BadRequant, op + ShiftAt, ref where);
        return model[op + IsTanhAt] <= 1 ? ModelError.None : ModelCheck.Fail(ModelError.BadOperator, op + IsTanhAt, ref where);
    }

    internal static void Run(Bytes model, int op, Bytes arena, Bytes table, int tableAt)
    {
        int input = OperatorRecord.Input(model, op), count = TensorRecord.Elements(model, input);
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        int multiplier = Memory.Int16(model, op + MultiplierAt), shift = model[op + ShiftAt], half = shift > 0 ? 1 << (shift - 1) : 0;
        bool isTanh = model[op + IsTanhAt] == 1;
        int fraction = isTanh ? 8 : 9, mask = (1 << fraction) - 1;
        for (int end = from + 2 * count; from < end; from += 2, to += 2)
        {
            // |x| is below 2³⁰, in steps of 1/(24 · 2⁹).
            int x = (Memory.Int16(arena, from) * multiplier + half) >> shift, magnitude = x < 0 ? -x : x, entry = magnitude >> fraction;
            int sigmoid = isTanh ? 0xFFFF << 8 : 0x7FFF << 10;
            if (entry < TableLength - 1)
            {
                int below = Memory.UInt16(table, tableAt + 2 * entry), above = Memory.UInt16(table, tableAt + 2 * entry + 2);
                sigmoid = (below << fraction) + (magnitude & mask) * (above - below);
            }
            int y = isTanh
                ? (x >= 0 ? sigmoid - (1 << 23) + (1 << 7) : (1 << 23) - sigmoid + (1 << 7) - 1) >> 8
                : (x >= 0 ? sigmoid + (1 << 9) : (1 << 25) - sigmoid + (1 << 9) - 1) >> 10;
            Memory.SetInt16(arena, to, y);
        }
    }
}
