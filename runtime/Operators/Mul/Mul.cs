namespace EdgeCnn;

/// <summary>
/// Elementwise product: y = clamp(a · b). Operands and layout: <see cref="Broadcast"/>. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class Mul
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 18;

    internal static void Row(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count,
        Bytes scales, int scalesAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        bool wide = Element.IsWide(model, output);
        int zero1 = TensorRecord.ZeroPoint(model, input), zero2 = Broadcast.ZeroPoint2(model, op), size = wide ? 2 : 1;
        int zero = TensorRecord.ZeroPoint(model, output), min = Clamp.Min(model, op), max = Clamp.Max(model, op);
        int multiplier = ScaleBlock.Multiplier(scales, scalesAt, 0), shift = ScaleBlock.Shift(scales, scalesAt, 1, 0);
        for (int i = 0; i < count; i++, at1 += step1, at2 += step2, to += size)
        {
            int product = (Element.Read(arena, at1, wide) - zero1) * (Element.Read(second, at2, wide) - zero2);
            Element.Write(arena, to, wide, Requantize.Clamp(Requantize.Multiply(product, multiplier, shift) + zero, min, max));
        }
    }
}
