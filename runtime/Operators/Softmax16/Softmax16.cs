namespace EdgeCnn;

/// <summary>
/// Softmax along the innermost dimension from int16 to int16: p[c] = e^(β·x[c]) / Σ e^(β·x[c]), with the exponential and the reciprocal
/// interpolated in tables. The output has scale 1/32768 and zero point 0. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class Softmax16
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 26;

    /// <summary>Entries of a table, int16 each, in steps of 2⁻¹⁵: a function at 512 steps over its range and at the end.</summary>
    internal const int TableLength = 513;

    /// <summary>Widest row: the sum of its exponentials fits 31 bits.</summary>
    private const int MaxChannels = 65535;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int16, ElementType.Int16, ref where);
        if (error == ModelError.None) error = OperatorCheck.NoOwnFields(model, op, OperatorRecord.Bytes, ref where);
        return error == ModelError.None ? OperatorCheck.SameRows(model, op, MaxChannels, ref where) : error;
    }

    internal static void Run(Bytes model, int op, Bytes arena, Bytes tables, int tablesAt, Bytes scales, int scalesAt)
    {
        int input = OperatorRecord.Input(model, op);
        int channels = TensorRecord.Channels(model, input), rows = TensorRecord.Elements(model, input) / channels;
        int reciprocals = tablesAt + 2 * TableLength;
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        int multiplier = ScaleBlock.Multiplier(scales, scalesAt, 0), shift = ScaleBlock.Shift(scales, scalesAt, 1, 0);
        for (int r = 0; r < rows; r++, from += 2 * channels, to += 2 * channels)
        {
            int largest = -32768, sum = 0;
            for (int at = from; at < from + 2 * channels; at += 2)
                if (Memory.Int16(arena, at) > largest) largest = Memory.Int16(arena, at);
            for (int at = 0; at < 2 * channels; at += 2)
            {
                // Differences of −10 … 0 are 0 … 65535 places of the table.
                int difference = Requantize.Multiply(Memory.Int16(arena, from + at) - largest, multiplier, shift);
                int exponential = Interpolate(tables, tablesAt, Requantize.Clamp(difference + 32767, -32768, 32767));
                Memory.SetInt16(arena, to + at, exponential);
                sum += exponential;
            }

            // sum = (1 + x) · 2^(16 − zeros), x in [0, 1).
            int zeros = FixedPoint.LeadingZeros((uint)(sum < 1 ? 1 : sum)), right = 31 - zeros;
            int shifted = (int)((((long)sum << (zeros - 1)) + (1 << 13)) >> 14);
            int reciprocal = Interpolate(tables, reciprocals, Requantize.Clamp(shifted - (1 << 15) - (1 << 16), -32768, 32767));
            int half = right > 0 ? 1 << (right - 1) : 0;
            for (int at = to; at < to + 2 * channels; at += 2)
                Memory.SetInt16(arena, at, Requantize.Clamp((Memory.Int16(arena, at) * reciprocal + half) >> right, 0, 32767));
        }
    }

    /// <summary>The table's function at an int16 place: 9 bits choose the entry, 7 interpolate to the next one.</summary>
    private static int Interpolate(Bytes table, int at, int place)
    {
        int entry = at + 2 * (256 + (place >> 7)), value = Memory.Int16(table, entry);
        return (short)(value + (((Memory.Int16(table, entry + 2) - value) * (place & 127) + 64) >> 7));
    }
}
