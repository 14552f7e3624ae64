namespace EdgeCnn;

/// <summary>
/// Three-dimensional convolution with fused requantization and clamp, over volumes or videos: y[n, oz, oy, ox, c] = Σ over kz, ky, kx, i of
/// x[n, oz·s − p + kz·d, …, i] · w[c, kz, ky, kx, i] + bias[c], with a stride, padding and dilation for each axis; taps outside the input
/// count as real zero. Input N×D×H×W×I, weights C×Kd×Kh×Kw×I, output N×Od×Oh×Ow×C. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class Conv3D
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 63;

    /// <summary>The file offset of the params block.</summary>
    internal const int ParamsAt = OperatorRecord.OwnAt;

    internal const int ReservedAt = OperatorRecord.OwnAt + 4;

    /// <summary>Bytes of the params block: uint8 kernel[3], stride[3], padding[3], dilation[3].</summary>
    internal const int ParamsBytes = 12;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        if (error == ModelError.None) error = OperatorCheck.Params(model, op, ParamsBytes, ref where);
        if (error == ModelError.None) error = OperatorCheck.Zeros(model, op + ReservedAt, op + Clamp.MinAt, ref where);
        if (error != ModelError.None) return error;
        if (TensorRecord.Rank(model, input) != 5) return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.RankAt, ref where);
        if (TensorRecord.Rank(model, output) != 5) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.RankAt, ref where);
        if (TensorRecord.Dimension(model, input, 0) != TensorRecord.Dimension(model, output, 0))
            return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt, ref where);
        for (int axis = 0; axis < 3; axis++)
        {
            int at = OperatorRecord.Params(model, op) + axis;
            if (Kernel(model, op, axis) == 0) return ModelCheck.Fail(ModelError.BadShape, at, ref where);
            if (Stride(model, op, axis) == 0) return ModelCheck.Fail(ModelError.BadShape, at + 3, ref where);
            if (Padding(model, op, axis) > (Kernel(model, op, axis) - 1) * Dilation(model, op, axis))
                return ModelCheck.Fail(ModelError.BadShape, at + 6, ref where);
            if (Dilation(model, op, axis) == 0) return ModelCheck.Fail(ModelError.BadShape, at + 9, ref where);
            long lastStart = (TensorRecord.Dimension(model, output, axis + 1) - 1L) * Stride(model, op, axis) - Padding(model, op, axis);
            if (lastStart >= TensorRecord.Dimension(model, input, axis + 1))
                return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt + 4 * (axis + 1), ref where);
        }
        return Clamp.Check(model, op, ref where);
    }

    internal static long WeightBytes(Bytes model, int op) => Depth(model, op) * WeightedRows.OutputChannels(model, op);

    /// <summary>The sums of a tile and the patches under the windows of a tile.</summary>
    internal static long ScratchBytes(Bytes model, int op)
    {
        return WeightedRows.PatchedBytes(model, op, Depth(model, op));
    }

    internal static long Macs(Bytes model, int op) => Window.Positions(model, op) * WeightBytes(model, op);

    /// <summary>Elements under one window: Kd · Kh · Kw · I.</summary>
    private static long Depth(Bytes model, int op) => (long)Kernel(model, op, 0) * Kernel(model, op, 1) * Kernel(model, op, 2)
        * TensorRecord.Channels(model, OperatorRecord.Input(model, op));

    private static int Kernel(Bytes model, int op, int axis) => model[OperatorRecord.Params(model, op) + axis];

    private static int Stride(Bytes model, int op, int axis) => model[OperatorRecord.Params(model, op) + 3 + axis];

    private static int Padding(Bytes model, int op, int axis) => model[OperatorRecord.Params(model, op) + 6 + axis];

    private static int Dilation(Bytes model, int op, int axis) => model[OperatorRecord.Params(model, op) + 9 + axis];
}
