namespace EdgeCnn;

/// <summary>
/// Logarithm of softmax along the innermost dimension: y[c] = x[c] − ln Σ e^x[c]. The output's quantization is fixed: scale 1/16,
/// zero point 127. Record: FORMAT.md in this folder; its fields are those of <see cref="Softmax"/>.
/// </summary>
internal static unsafe class LogSoftmax
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 27;

    private const int OutputZeroPoint = 127;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int output = OperatorRecord.Output(model, op);
        ModelError error = Softmax.CheckRows(model, op, ElementType.Int8, ref where);
        if (error != ModelError.None || TensorRecord.ZeroPoint(model, output) == OutputZeroPoint) return error;
        return ModelCheck.Fail(ModelError.BadTensor, output + TensorRecord.ZeroPointAt, ref where);
    }

    internal static void Run(Bytes model, int op, Bytes arena, Bytes scales, int scalesAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int channels = TensorRecord.Channels(model, input), rows = TensorRecord.Elements(model, input) / channels;
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        int multiplier = ScaleBlock.Multiplier(scales, scalesAt, 0), shift = ScaleBlock.Shift(scales, scalesAt, 1, 0);
        int minDifference = Memory.Int32(model, op + Softmax.MinDifferenceAt);
        for (int r = 0; r < rows; r++, from += channels, to += channels)
        {
            int largest = Softmax.Largest(arena, from, channels);
            int logarithm = FixedPoint.Logarithm(Softmax.SumOfExponentials(model, op, arena, from, channels, largest));   // Q5.26
            // The difference to the maximum from which on Q5.26 can hold the result.
            int lowest = Requantize.Multiply(int.MinValue + logarithm, multiplier, shift);
            if (lowest < minDifference - 1) lowest = minDifference - 1;
            for (int c = 0; c < channels; c++)
            {
                int difference = (sbyte)arena[from + c] - largest;
                int y = difference > lowest
                    ? Requantize.ShiftRight(Softmax.Exponent(model, op, difference) - logarithm, 22) + OutputZeroPoint
                    : -128;
                arena[to + c] = (byte)Requantize.Clamp(y, -128, 127);
            }
        }
    }
}
