namespace EdgeCnn;

/// <summary>
/// Two-dimensional convolution in G groups: input channels and output channels are dealt into G parts in their order, and each output
/// channel sees only the input channels of its part. Otherwise as <see cref="Conv2D"/>. Input N×H×W×I, weights C×Kh×Kw×(I/G), output
/// N×Oh×Ow×C. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class GroupedConv2D
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 53;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        if (error == ModelError.None) error = Window.Check(model, op, ref where);
        if (error != ModelError.None) return error;
        int groups = OperatorRecord.Number(model, op);
        if (groups < 1 || TensorRecord.Channels(model, OperatorRecord.Input(model, op)) % groups != 0
            || WeightedRows.OutputChannels(model, op) % groups != 0)
            return ModelCheck.Fail(ModelError.BadShape, op + OperatorRecord.Input2At, ref where);
        return Clamp.Check(model, op, ref where);
    }

    internal static long WeightBytes(Bytes model, int op) => Depth(model, op) * WeightedRows.OutputChannels(model, op);

    /// <summary>The sums of a tile and the patches of one group under the windows of a tile.</summary>
    internal static long ScratchBytes(Bytes model, int op) => WeightedRows.PatchedBytes(model, op, Depth(model, op));

    internal static long Macs(Bytes model, int op) => Window.Positions(model, op) * WeightBytes(model, op);

    /// <summary>Elements under one window: Kh · Kw · I/G.</summary>
    private static long Depth(Bytes model, int op)
    {
        int channels = TensorRecord.Channels(model, OperatorRecord.Input(model, op)) / OperatorRecord.Number(model, op);
        return (long)Window.KernelHeight(model, op) * Window.KernelWidth(model, op) * channels;
    }
}
