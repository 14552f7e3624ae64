namespace EdgeCnn;

/// <summary>
/// Transposed convolution, the gradient of a convolution used as a layer: every input pixel adds its multiple of the kernel to the output,
/// y[n, iy·s − p + ky, ix·s − p + kx, c] += x[n, iy, ix, i] · w[c, ky, kx, i]. It is computed from the output's side: the pixels that reach
/// an
/// output are gathered, real zero for taps between them, and meet the whole kernel. Input N×H×W×I, weights C×Kh×Kw×I, output N×Oh×Ow×C;
/// int8, or int16 activations as <see cref="WideRows"/> computes them. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class TransposeConv2D
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 54;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        ModelError error = IsWide(model, op)
            ? WideRows.CheckTensors(model, op, ref where)
            : OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        if (error != ModelError.None) return error;
        if (TensorRecord.Rank(model, input) != 4) return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.RankAt, ref where);
        if (TensorRecord.Rank(model, output) != 4) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.RankAt, ref where);
        if (TensorRecord.Dimension(model, input, 0) != TensorRecord.Dimension(model, output, 0))
            return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt, ref where);
        for (int kernelAt = op + Window.KernelHeightAt; kernelAt <= op + Window.KernelWidthAt; kernelAt++)
        {
            if (model[kernelAt] == 0) return ModelCheck.Fail(ModelError.BadShape, kernelAt, ref where);
            if (model[kernelAt + 2] == 0) return ModelCheck.Fail(ModelError.BadShape, kernelAt + 2, ref where);
            if (model[kernelAt + 4] >= model[kernelAt]) return ModelCheck.Fail(ModelError.BadShape, kernelAt + 4, ref where);
            if (model[kernelAt + 6] != 1) return ModelCheck.Fail(ModelError.BadShape, kernelAt + 6, ref where);
        }
        return Clamp.Check(model, op, ref where);
    }

    internal static long WeightBytes(Bytes model, int op) => Window.Taps(model, op) * WeightedRows.OutputChannels(model, op);

    internal static ModelError CheckRequant(Bytes model, int op, ref int where) => IsWide(model, op)
        ? WideRows.CheckRequant(model, op, ref where)
        : WeightedRows.CheckRequant(model, op, ref where);

    /// <summary>What a tile of outputs is computed from; and its sums, which int16 doesn't store.</summary>
    internal static long ScratchBytes(Bytes model, int op)
    {
        if (IsWide(model, op)) return 2 * Window.Taps(model, op);
        return WeightedRows.PatchedBytes(model, op, Window.Taps(model, op));
    }

    internal static long Macs(Bytes model, int op) => Window.Positions(model, op) * WeightBytes(model, op);

    private static bool IsWide(Bytes model, int op) => TensorRecord.Type(model, OperatorRecord.Input(model, op)) == ElementType.Int16;
}
