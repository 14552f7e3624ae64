namespace EdgeCnn;

/// <summary>
/// <see cref="Conv2D"/> with weights of 4 bits, −8 to 7. Input N×H×W×I in int8, weights C×Kh×Kw×I in nibbles, output N×Oh×Ow×C in int8.
/// Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class Conv2DInt4
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 58;

    internal static ModelError Check(Bytes model, int op, ref int where) => Conv2D.WeightBytes(model, op) <= int.MaxValue
        ? Conv2D.Check(model, op, ref where)
        : ModelCheck.Fail(ModelError.BadShape, OperatorRecord.Output(model, op) + TensorRecord.DimensionsAt, ref where);

    internal static long WeightBytes(Bytes model, int op) => NibbleRows.Bytes(Conv2D.WeightBytes(model, op));

    /// <summary>What <see cref="Conv2D"/> needs, and a tile's weights in int8.</summary>
    internal static long ScratchBytes(Bytes model, int op) =>
        Conv2D.ScratchBytes(model, op) + NibbleRows.WidenedBytes(model, op, Window.Taps(model, op));

    internal static long Macs(Bytes model, int op) => Conv2D.Macs(model, op);

    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int inputs = TensorRecord.Channels(model, OperatorRecord.Input(model, op)), channels = WeightedRows.OutputChannels(model, op);
        int depth = (int)Window.Taps(model, op), widened = OperatorRecord.Scratch(model, op) + (int)Conv2D.ScratchBytes(model, op);
        for (int first = 0; first < channels; first += Tile.Channels)
        {
            int length = channels - first < Tile.Channels ? channels - first : Tile.Channels;
            NibbleRows.Widen(weights, weightsAt, first * depth, length * depth, arena, widened);
            Conv2D.Run(
                model, op, arena, 0, inputs, first, length, Tile.Rows, arena, widened - first * depth, bias, biasAt, requant, requantAt);
        }
    }
}
