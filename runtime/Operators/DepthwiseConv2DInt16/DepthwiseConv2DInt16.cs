namespace EdgeCnn;

/// <summary>
/// Depthwise convolution of int16 activations by int8 weights: output channel c sees only input channel c / M. Input N×H×W×I, weights
/// C×Kh×Kw with C = I·M, output N×Oh×Ow×C; taps outside the input do not count. The way from sums to outputs is that of
/// <see cref="WideRows"/>. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class DepthwiseConv2DInt16
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 62;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = WideRows.CheckTensors(model, op, ref where);
        if (error == ModelError.None) error = Window.Check(model, op, ref where);
        if (error != ModelError.None) return error;
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        return TensorRecord.Channels(model, output) % TensorRecord.Channels(model, input) == 0
            ? Clamp.Check(model, op, ref where)
            : ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt + 12, ref where);
    }

    internal static long WeightBytes(Bytes model, int op) =>
        (long)Window.KernelHeight(model, op) * Window.KernelWidth(model, op) * WeightedRows.OutputChannels(model, op);

    internal static long ScratchBytes(Bytes model, int op) => 2 * Window.Taps(model, op);

    internal static long Macs(Bytes model, int op) => Window.Positions(model, op) * WeightBytes(model, op);
}
