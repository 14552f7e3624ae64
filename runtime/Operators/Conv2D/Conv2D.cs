namespace EdgeCnn;

/// <summary>
/// Two-dimensional convolution (cross-correlation, as every framework calls it) with fused requantization and clamp:
/// y[n, oy, ox, c] = Σ over ky, kx, i of x[n, oy·s − p + ky·d, ox·s − p + kx·d, i] · w[c, ky, kx, i] + bias[c]; taps outside the input
/// count as real zero. Input N×H×W×I, weights C×Kh×Kw×I, output N×Oh×Ow×C. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class Conv2D
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 1;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        if (error == ModelError.None) error = Window.Check(model, op, ref where);
        return error == ModelError.None ? Clamp.Check(model, op, ref where) : error;
    }

    internal static long WeightBytes(Bytes model, int op) =>
        Window.Taps(model, op) * TensorRecord.Channels(model, OperatorRecord.Output(model, op));

    /// <summary>The sums of a tile and, unless the input's pixels serve as they are, the patches under the windows of a tile.</summary>
    internal static long ScratchBytes(Bytes model, int op) =>
        WeightedRows.PatchedBytes(model, op, Window.IsOnePixel(model, op) ? 0 : Window.Taps(model, op));

    internal static long Macs(Bytes model, int op) => Window.Positions(model, op) * WeightBytes(model, op);
}
