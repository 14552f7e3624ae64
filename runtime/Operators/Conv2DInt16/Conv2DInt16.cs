namespace EdgeCnn;

/// <summary>
/// <see cref="Conv2D"/> of int16 activations by int8 weights. Input N×H×W×I, weights C×Kh×Kw×I, output N×Oh×Ow×C; the way from sums to
/// outputs is that of <see cref="WideRows"/>. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class Conv2DInt16
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 60;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = WideRows.CheckTensors(model, op, ref where);
        if (error == ModelError.None) error = Window.Check(model, op, ref where);
        return error == ModelError.None ? Clamp.Check(model, op, ref where) : error;
    }

    internal static long WeightBytes(Bytes model, int op) => Conv2D.WeightBytes(model, op);

    /// <summary>The patch under a window, unless the input's pixels serve as they are.</summary>
    internal static long ScratchBytes(Bytes model, int op) => Window.IsOnePixel(model, op) ? 0 : 2 * Window.Taps(model, op);

    internal static long Macs(Bytes model, int op) => Conv2D.Macs(model, op);

    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), depth = (int)Window.Taps(model, op);
        int inputChannels = TensorRecord.Channels(model, input), pixel = 2 * TensorRecord.Channels(model, output);
        int images = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        int patch = OperatorRecord.Scratch(model, op), positions = Window.Positions(model, op);
        bool onePixel = Window.IsOnePixel(model, op);
        for (int p = 0; p < positions; p++, to += pixel)
        {
            if (!onePixel) Patch.Gather(model, op, arena, images, p, 1, 0, inputChannels, patch);
            WideRows.Run(
                model, op, arena, onePixel ? images + 2 * p * depth : patch, depth, to,
                weights, weightsAt, bias, biasAt, requant, requantAt);
        }
    }
}
