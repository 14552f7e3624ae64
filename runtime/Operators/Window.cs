namespace EdgeCnn;

/// <summary>
/// The sliding window of convolution and pooling over NHWC tensors, in the operator's own 12 bytes of the record. The window of
/// output (y, x) starts at input row y · strideY − padTop and column x · strideX − padLeft; its taps are dilation apart. What the
/// window needs at the bottom and the right follows from the output's shape.
/// </summary>
internal static unsafe class Window
{
    internal const int KernelHeightAt = OperatorRecord.OwnAt;
    internal const int KernelWidthAt = OperatorRecord.OwnAt + 1;
    internal const int StrideYAt = OperatorRecord.OwnAt + 2;
    internal const int StrideXAt = OperatorRecord.OwnAt + 3;
    internal const int PadTopAt = OperatorRecord.OwnAt + 4;
    internal const int PadLeftAt = OperatorRecord.OwnAt + 5;
    internal const int DilationYAt = OperatorRecord.OwnAt + 6;
    internal const int DilationXAt = OperatorRecord.OwnAt + 7;

    internal static int KernelHeight(Bytes model, int op) => model[op + KernelHeightAt];

    internal static int KernelWidth(Bytes model, int op) => model[op + KernelWidthAt];

    internal static int StrideY(Bytes model, int op) => model[op + StrideYAt];

    internal static int StrideX(Bytes model, int op) => model[op + StrideXAt];

    internal static int PadTop(Bytes model, int op) => model[op + PadTopAt];

    internal static int PadLeft(Bytes model, int op) => model[op + PadLeftAt];

    internal static int DilationY(Bytes model, int op) => model[op + DilationYAt];

    internal static int DilationX(Bytes model, int op) => model[op + DilationXAt];

    /// <summary>Whether the window is one pixel that moves by one over the whole input: its patches are the input itself.</summary>
    internal static bool IsOnePixel(Bytes model, int op)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        return KernelHeight(model, op) == 1 && KernelWidth(model, op) == 1 && StrideY(model, op) == 1 && StrideX(model, op) == 1
            && PadTop(model, op) == 0 && PadLeft(model, op) == 0
            && TensorRecord.Dimension(model, input, 1) == TensorRecord.Dimension(model, output, 1)
            && TensorRecord.Dimension(model, input, 2) == TensorRecord.Dimension(model, output, 2);
    }

    /// <summary>Places along <paramref name="axis"/> (1: rows, 2: columns) that the window of output <paramref name="place"/> shares with
    /// the input; at least 1. For windows without dilation.</summary>
    internal static int Size(Bytes model, int op, int axis, int place)
    {
        int end = Start(model, op, axis, place) + model[op + KernelHeightAt + axis - 1];
        int size = TensorRecord.Dimension(model, OperatorRecord.Input(model, op), axis);
        return (end < size ? end : size) - Begin(model, op, axis, place);
    }

    /// <summary>Arena offset of the first input place under the window of output (n, y, x).</summary>
    internal static int FirstPlace(Bytes model, int op, int n, int y, int x)
    {
        int input = OperatorRecord.Input(model, op);
        int row = n * TensorRecord.Dimension(model, input, 1) + Begin(model, op, 1, y);
        return TensorRecord.ArenaOffset(model, input) + row * LineBytes(model, op)
            + Begin(model, op, 2, x) * PixelBytes(model, input);
    }

    /// <summary>Bytes of one input row, all channels.</summary>
    internal static int LineBytes(Bytes model, int op)
    {
        int input = OperatorRecord.Input(model, op);
        return TensorRecord.Dimension(model, input, 2) * PixelBytes(model, input);
    }

    /// <summary>Windows: N · Oh · Ow.</summary>
    internal static int Positions(Bytes model, int op)
    {
        int output = OperatorRecord.Output(model, op);
        return TensorRecord.Elements(model, output) / TensorRecord.Channels(model, output);
    }

    /// <summary>Elements under one window: Kh · Kw · I.</summary>
    internal static long Taps(Bytes model, int op) =>
        (long)KernelHeight(model, op) * KernelWidth(model, op) * TensorRecord.Channels(model, OperatorRecord.Input(model, op));

    /// <summary>Bytes of one pixel, all channels.</summary>
    internal static int PixelBytes(Bytes model, int tensor) =>
        TensorRecord.Dimension(model, tensor, 3) * ElementType.Bytes(TensorRecord.Type(model, tensor));

    /// <summary>Moves (n, y, x) to the next place of the output in its order; false after the last.</summary>
    internal static bool Next(Bytes model, int output, ref int n, ref int y, ref int x)
    {
        if (++x < TensorRecord.Dimension(model, output, 2)) return true;
        x = 0;
        if (++y < TensorRecord.Dimension(model, output, 1)) return true;
        y = 0;
        return ++n < TensorRecord.Dimension(model, output, 0);
    }

    private static int Begin(Bytes model, int op, int axis, int place)
    {
        int start = Start(model, op, axis, place);
        return start < 0 ? 0 : start;
    }

    /// <summary>The fields of the horizontal axis follow those of the vertical one by a byte.</summary>
    private static int Start(Bytes model, int op, int axis, int place) =>
        place * model[op + StrideYAt + axis - 1] - model[op + PadTopAt + axis - 1];

    /// <summary>Both tensors are NHWC with the same batch, and every window of the output meets the input.</summary>
    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        if (TensorRecord.Rank(model, input) != 4) return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.RankAt, ref where);
        if (TensorRecord.Rank(model, output) != 4) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.RankAt, ref where);
        if (TensorRecord.Dimension(model, input, 0) != TensorRecord.Dimension(model, output, 0))
            return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt, ref where);
        ModelError error = Axis(model, op, input, output, 1, ref where);
        return error == ModelError.None ? Axis(model, op, input, output, 2, ref where) : error;
    }

    private static ModelError Axis(Bytes model, int op, int input, int output, int axis, ref int where)
    {
        int kernelAt = op + KernelHeightAt + axis - 1, strideAt = kernelAt + 2, padAt = kernelAt + 4, dilationAt = kernelAt + 6;
        if (model[kernelAt] == 0) return ModelCheck.Fail(ModelError.BadShape, kernelAt, ref where);
        if (model[strideAt] == 0) return ModelCheck.Fail(ModelError.BadShape, strideAt, ref where);
        if (model[dilationAt] == 0) return ModelCheck.Fail(ModelError.BadShape, dilationAt, ref where);
        if (model[padAt] > (model[kernelAt] - 1) * model[dilationAt]) return ModelCheck.Fail(ModelError.BadShape, padAt, ref where);
        long lastStart = (TensorRecord.Dimension(model, output, axis) - 1L) * model[strideAt] - model[padAt];
        return lastStart < TensorRecord.Dimension(model, input, axis)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt + 4 * axis, ref where);
    }
}
