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
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), positions = Window.Positions(model, op);
        int depth = (int)Window.Taps(model, op), channels = TensorRecord.Channels(model, output);
        int inputChannels = TensorRecord.Channels(model, input);
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        int patches = OperatorRecord.Scratch(model, op) + WeightedRows.SumBytes(model, op, positions);
        int widened = OperatorRecord.Scratch(model, op) + (int)Conv2D.ScratchBytes(model, op);
        bool onePixel = Window.IsOnePixel(model, op);
        for (int first = 0; first < channels; first += Tile.Channels)
        {
            int length = channels - first < Tile.Channels ? channels - first : Tile.Channels;
            NibbleRows.Widen(weights, weightsAt, first * depth, length * depth, arena, widened);
            int n = 0, y = 0, x = 0;
            for (int p = 0; p < positions; p += Tile.Rows)
            {
                int count = positions - p < Tile.Rows ? positions - p : Tile.Rows;
                for (int r = 0; r < count && !onePixel; r++)
                {
                    Patch.Gather(model, op, arena, n, y, x, 0, inputChannels, patches + r * depth);
                    Window.Next(model, output, ref n, ref y, ref x);
                }
                WeightedRows.Run(
                    model, op, arena, onePixel ? from + p * depth : patches, depth, count, depth, to + p * channels, first, length,
                    arena, widened - first * depth, bias, biasAt, requant, requantAt);
            }
        }
    }
}
