namespace EdgeCnn;

/// <summary>
/// Rectifier with a slope for negative values: y = a for a ≥ 0, else a · b. The slopes b are int8, also where a and y are int16.
/// Operands and layout: <see cref="Broadcast"/>. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class PReLU
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 22;

    /// <summary>Multipliers of the operator: that of positive values, that of negative ones times their slope.</summary>
    internal const int Scales = 2;

    internal static void Row(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count,
        Bytes scales, int scalesAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        bool wide = Element.IsWide(model, output);
        int zero1 = TensorRecord.ZeroPoint(model, input), zero2 = Broadcast.ZeroPoint2(model, op), size = wide ? 2 : 1;
        int zero = TensorRecord.ZeroPoint(model, output), min = Clamp.Min(model, op), max = Clamp.Max(model, op);
        int positive = ScaleBlock.Multiplier(scales, scalesAt, 0), positiveShift = ScaleBlock.Shift(scales, scalesAt, Scales, 0);
        int negative = ScaleBlock.Multiplier(scales, scalesAt, 1), negativeShift = ScaleBlock.Shift(scales, scalesAt, Scales, 1);
        for (int i = 0; i < count; i++, at1 += step1, at2 += step2, to += size)
        {
            int x = Element.Read(arena, at1, wide) - zero1;
            int y = x >= 0
                ? Requantize.Multiply(x, positive, positiveShift)
                : Requantize.Multiply(x * ((sbyte)second[at2] - zero2), negative, negativeShift);
            Element.Write(arena, to, wide, Requantize.Clamp(y + zero, min, max));
        }
    }
}
