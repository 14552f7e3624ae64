namespace EdgeCnn;

internal static unsafe partial class Reduce
{
    internal static void Run(Bytes model, int op, Bytes arena, Bytes scales, int scalesAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        bool wide = Element.IsWide(model, input);
        int size = wide ? 2 : 1, function = model[op + FunctionAt];

        // Five axes are at most six groups, reduced and kept by turns: K0 · R0 · K1 · R1 · K2 · R2, innermost last.
        int axis = TensorRecord.MaxRank - 1, axes = model[op + AxesAt];
        int r2 = Group(model, input, axes, 1, ref axis), k2 = Group(model, input, axes, 0, ref axis);
        int r1 = Group(model, input, axes, 1, ref axis), k1 = Group(model, input, axes, 0, ref axis);
        int r0 = Group(model, input, axes, 1, ref axis), k0 = Group(model, input, axes, 0, ref axis);
        int k2Step = size * r2, r1Step = k2 * k2Step, k1Step = r1 * r1Step, r0Step = k1 * k1Step, k0Step = r0 * r0Step;
        // The longer loop of the two inner ones inside.
        int inner = r2 > 1 ? r2 : r1, innerStep = r2 > 1 ? size : r1Step, outer = r2 > 1 ? r1 : 1;

        int multiplier = function == Sum ? ScaleBlock.Multiplier(scales, scalesAt, 0) : 0;
        int shift = function == Sum ? ScaleBlock.Shift(scales, scalesAt, 1, 0) : 0;
        int zeros = r0 * r1 * r2 * TensorRecord.ZeroPoint(model, input), zeroPoint = TensorRecord.ZeroPoint(model, output);
        int lowest = wide ? -32768 : -128, highest = wide ? 32767 : 127;
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        for (int i0 = 0; i0 < k0; i0++)
        {
            for (int i1 = 0; i1 < k1; i1++)
            {
                for (int i2 = 0; i2 < k2; i2++, to += size)
                {
                    int first = from + i0 * k0Step + i1 * k1Step + i2 * k2Step;
                    int result = function == Sum ? 0 : Element.Read(arena, first, wide);
                    for (int j0 = 0; j0 < r0; j0++)
                    {
                        for (int j1 = 0; j1 < outer; j1++)
                            result = Along(arena, first + j0 * r0Step + j1 * r1Step, innerStep, inner, wide, function, result);
                    }
                    if (function == Sum)
                        result = Requantize.Clamp(Requantize.Multiply(result - zeros, multiplier, shift) + zeroPoint, lowest, highest);
                    Element.Write(arena, to, wide, result);
                }
            }
        }
    }

    /// <summary>Goes on with a sum or an extreme along <paramref name="count"/> elements.</summary>
    private static int Along(Bytes arena, int at, int step, int count, bool wide, int function, int result)
    {
        for (int end = at + count * step; at < end; at += step)
        {
            int x = Element.Read(arena, at, wide);
            if (function == Sum) result += x;
            else if (x > result == (function == Max)) result = x;
        }
        return result;
    }

    /// <summary>Elements along the axes up to <paramref name="axis"/> that are all reduced (1) or all kept (0); goes on to the axis before
    /// them.</summary>
    private static int Group(Bytes model, int input, int axes, int reduced, ref int axis)
    {
        int size = 1;
        for (; axis >= 0; axis--)
        {
            int dimension = TensorRecord.Dimension(model, input, axis);
            if (dimension > 1 && ((axes >> axis) & 1) != reduced) break;
            size *= dimension;
        }
        return size;
    }
}
