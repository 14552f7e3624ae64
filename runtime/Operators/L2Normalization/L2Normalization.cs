namespace EdgeCnn;

/// <summary>
/// Rows of the innermost dimension brought to length 1: y[c] = x[c] / √Σ x[c]². The output's quantization is fixed: scale 1/128, zero
/// point 0. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class L2Normalization
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 28;

    /// <summary>Widest row: the sum of squares up to 255² fits 31 bits.</summary>
    internal const int MaxChannels = int.MaxValue / (255 * 255);

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int output = OperatorRecord.Output(model, op);
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        if (error == ModelError.None) error = OperatorCheck.NoOwnFields(model, op, OperatorRecord.Bytes, ref where);
        if (error == ModelError.None) error = OperatorCheck.SameRows(model, op, MaxChannels, ref where);
        if (error != ModelError.None || TensorRecord.ZeroPoint(model, output) == 0) return error;
        return ModelCheck.Fail(ModelError.BadTensor, output + TensorRecord.ZeroPointAt, ref where);
    }

    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), zeroPoint = TensorRecord.ZeroPoint(model, input);
        int channels = TensorRecord.Channels(model, input), rows = TensorRecord.Elements(model, input) / channels;
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        for (int r = 0; r < rows; r++, from += channels, to += channels)
        {
            int squares = 0, shift = 0;
            for (int c = 0; c < channels; c++)
            {
                int x = (sbyte)arena[from + c] - zeroPoint;
                squares += x * x;
            }
            int multiplier = FixedPoint.InverseRoot(squares, ref shift);
            for (int c = 0; c < channels; c++)
            {
                int y = Requantize.Multiply((sbyte)arena[from + c] - zeroPoint, multiplier, shift + 7);
                arena[to + c] = (byte)Requantize.Clamp(y, -128, 127);
            }
        }
    }
}
