namespace EdgeCnn;

/// <summary>
/// Convolution of each input channel by itself, with fused requantization and clamp: with multiplier m = C / I,
/// y[n, oy, ox, c] = Σ over ky, kx of x[n, oy·s − p + ky·d, ox·s − p + kx·d, c / m] · w[c, ky, kx] + bias[c]; taps outside the input
/// count as real zero. Input N×H×W×I, weights C×Kh×Kw, output N×Oh×Ow×C. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class DepthwiseConv2D
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 7;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        if (error == ModelError.None) error = Window.Check(model, op, ref where);
        if (error != ModelError.None) return error;
        int output = OperatorRecord.Output(model, op);
        return TensorRecord.Channels(model, output) % TensorRecord.Channels(model, OperatorRecord.Input(model, op)) == 0
            ? Clamp.Check(model, op, ref where)
            : ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt + 12, ref where);
    }

    internal static long WeightBytes(Bytes model, int op) =>
        (long)Taps(model, op) * TensorRecord.Channels(model, OperatorRecord.Output(model, op));

    internal static long ScratchBytes(Bytes model, int op)
    {
        int multiplier = Multiplier(model, op);
        return 4 * (multiplier < Tile.Channels ? multiplier : Tile.Channels) + Taps(model, op);
    }

    internal static long Macs(Bytes model, int op) => (long)Taps(model, op) * TensorRecord.Elements(model, OperatorRecord.Output(model, op));

    private static int Taps(Bytes model, int op) => Window.KernelHeight(model, op) * Window.KernelWidth(model, op);

    /// <summary>Output channels per input channel.</summary>
    private static int Multiplier(Bytes model, int op) => TensorRecord.Channels(model, OperatorRecord.Output(model, op))
        / TensorRecord.Channels(model, OperatorRecord.Input(model, op));
}
