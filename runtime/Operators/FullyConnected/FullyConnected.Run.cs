namespace EdgeCnn;

internal static unsafe partial class FullyConnected
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int output = OperatorRecord.Output(model, op);
        int rows = Rows(model, output), depth = Depth(model, op), channels = TensorRecord.Channels(model, output);
        int from = TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op)), to = TensorRecord.ArenaOffset(model, output);
        for (int r = 0; r < rows; r += Tile.Rows)
        {
            int count = rows - r < Tile.Rows ? rows - r : Tile.Rows;
            WeightedRows.Run(
                model, op, arena, from + r * depth, depth, count, depth, to + r * channels,
                weights, weightsAt, bias, biasAt, requant, requantAt);
        }
    }
}
