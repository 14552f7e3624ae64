namespace EdgeCnn;

/// <summary>
/// The micro-kernel for whole rows of outputs: what <see cref="Tile.Dot"/> and <see cref="Tile.Requantize"/> do one after the other. Other
/// versions do it without sums in memory.
/// </summary>
internal static unsafe class RowTile
{
    /// <summary>Computes <paramref name="rowCount"/> output rows (<see cref="WeightedRows"/>), of them the channels from
    /// <paramref name="begin"/> on, <paramref name="length"/> in number.</summary>
    /// <param name="rowsAt">Arena offset of the rows of activations, which follow each other; of room for <paramref name="room"/> rows, where
    /// they are gathered from windows.</param>
    /// <param name="inputs">0, or the input channels that are gathered, from <paramref name="first"/> on.</param>
    /// <param name="depth">Elements of a row: the length of the sums.</param>
    /// <param name="outputAt">Arena offset of the first output row; rows of all channels follow each other.</param>
    internal static void Run(
        Bytes model, int op, Bytes arena, int rowsAt, int room, int first, int inputs, int rowCount, int depth, int outputAt,
        int begin, int length, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int step = OperatorRecord.IsPerChannel(model, op) ? 1 : 0, shifts = requantAt + 4 * WeightedRows.Multipliers(model, op);
        int zeroPoint = TensorRecord.ZeroPoint(model, OperatorRecord.Output(model, op)), sums = OperatorRecord.Scratch(model, op);
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op), channels = WeightedRows.OutputChannels(model, op), end = begin + length;
        for (int row = 0, rows; row < rowCount; row += rows)
        {
            rows = rowCount - row < room ? rowCount - row : room;
            int from = WeightedRows.Fetch(model, op, arena, rowsAt, row, rows, depth, first, inputs), to = outputAt + row * channels;
            for (int c = begin; c < end; c += Tile.Channels)
            {
                int count = end - c < Tile.Channels ? end - c : Tile.Channels;
                Tile.Dot(arena, from, depth, rows, weights, weightsAt + c * depth, count, depth, arena, sums);
                for (int r = 0; r < rows; r++)
                    Tile.Requantize(
                        arena, sums + 4 * r * count, count, bias, biasAt + 4 * c, requant, requantAt + 4 * c * step, shifts + c * step, step,
                        zeroPoint, min, max, arena, to + r * channels + c);
            }
        }
    }
}
