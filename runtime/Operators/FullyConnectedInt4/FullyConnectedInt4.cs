namespace EdgeCnn;

/// <summary>
/// <see cref="FullyConnected"/> with weights of 4 bits, −8 to 7: rows of K int8 elements, weights C×K in nibbles, output R×C in int8.
/// Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class FullyConnectedInt4
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 59;

    internal static ModelError Check(Bytes model, int op, ref int where) => FullyConnected.WeightBytes(model, op) <= int.MaxValue
        ? FullyConnected.Check(model, op, ref where)
        : ModelCheck.Fail(ModelError.BadShape, OperatorRecord.Output(model, op) + TensorRecord.DimensionsAt, ref where);

    internal static long WeightBytes(Bytes model, int op) => NibbleRows.Bytes(FullyConnected.WeightBytes(model, op));

    /// <summary>What <see cref="FullyConnected"/> needs, and a tile's weights in int8.</summary>
    internal static long ScratchBytes(Bytes model, int op) =>
        FullyConnected.ScratchBytes(model, op) + NibbleRows.WidenedBytes(model, op, FullyConnected.Depth(model, op));

    internal static long Macs(Bytes model, int op) => FullyConnected.Macs(model, op);

    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int output = OperatorRecord.Output(model, op), rows = FullyConnected.Rows(model, output), depth = FullyConnected.Depth(model, op);
        int channels = TensorRecord.Channels(model, output), to = TensorRecord.ArenaOffset(model, output);
        int from = TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op));
        int widened = OperatorRecord.Scratch(model, op) + (int)FullyConnected.ScratchBytes(model, op);
        for (int first = 0; first < channels; first += Tile.Channels)
        {
            int length = channels - first < Tile.Channels ? channels - first : Tile.Channels;
            NibbleRows.Widen(weights, weightsAt, first * depth, length * depth, arena, widened);
            RowTile.Run(
                model, op, arena, from, Tile.Rows, 0, 0, rows, depth, to, first, length,
                arena, widened - first * depth, bias, biasAt, requant, requantAt);
        }
    }
}
