namespace EdgeCnn;

/// <summary>
/// What layers of int16 activations by int8 weights share, as <see cref="WeightedRows"/> does for int8: output[r, c] =
/// clamp(requantize(bias[c] + Σₖ rows[r, k] · weights[c, k])), all zero points 0. Where the operator's number is 1, sums are of 64 bits and
/// <see cref="Requantize.MultiplyWide"/> brings them down, as the LiteRT reference kernels do for models with 64-bit biases; where it is 0,
/// they are of 32 bits and rounded twice, as for models with 32-bit biases.
/// </summary>
internal static unsafe class WideRows
{
    /// <summary>Number in the record: sums of 64 bits.</summary>
    internal const int LongSums = 1;

    /// <summary>Input and output are int16 with zero point 0, and the number is known.</summary>
    internal static ModelError CheckTensors(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int16, ElementType.Int16, ref where);
        if (error != ModelError.None) return error;
        if (TensorRecord.ZeroPoint(model, input) != 0)
            return ModelCheck.Fail(ModelError.BadTensor, input + TensorRecord.ZeroPointAt, ref where);
        if (TensorRecord.ZeroPoint(model, output) != 0)
            return ModelCheck.Fail(ModelError.BadTensor, output + TensorRecord.ZeroPointAt, ref where);
        return OperatorRecord.Number(model, op) <= LongSums
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.Input2At, ref where);
    }

    /// <summary>Multipliers and shifts are in the range that the way from sums to outputs takes.</summary>
    internal static ModelError CheckRequant(Bytes model, int op, ref int where)
    {
        ModelError error = WeightedRows.CheckRequant(model, op, ref where);
        if (error != ModelError.None || OperatorRecord.Number(model, op) != LongSums) return error;
        int count = WeightedRows.Multipliers(model, op);
        int shifts = OperatorRecord.Requant(model, op) + 4 * WeightedRows.OutputChannels(model, op) + 4 * count;
        for (int at = shifts; at < shifts + count; at++)
            if ((sbyte)model[at] > Requantize.MaxWideShift) return ModelCheck.Fail(ModelError.BadRequant, at, ref where);
        return ModelError.None;
    }

    /// <summary>Computes an output row, all channels, from the row of <paramref name="depth"/> elements at
    /// <paramref name="rowAt"/>.</summary>
    internal static void Run(
        Bytes model, int op, Bytes arena, int rowAt, int depth, int outputAt, Bytes weights, int weightsAt, Bytes bias, int biasAt,
        Bytes requant, int requantAt)
    {
        int channels = WeightedRows.OutputChannels(model, op), count = WeightedRows.Multipliers(model, op), step = count > 1 ? 1 : 0;
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op), shifts = requantAt + 4 * count;
        bool isLong = OperatorRecord.Number(model, op) == LongSums;
        for (int c = 0; c < channels; c++)
        {
            long sum = WideTile.Dot(arena, rowAt, weights, weightsAt + c * depth, depth) + Memory.Int32(bias, biasAt + 4 * c);
            int multiplier = Memory.Int32(requant, requantAt + 4 * step * c), shift = (sbyte)requant[shifts + step * c];
            int q = isLong ? Requantize.MultiplyWide(sum, multiplier, shift) : Requantize.Multiply((int)sum, multiplier, shift);
            Memory.SetInt16(arena, outputAt + 2 * c, Requantize.Clamp(q, min, max));
        }
    }
}
