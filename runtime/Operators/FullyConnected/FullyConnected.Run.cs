namespace EdgeCnn;

internal static unsafe partial class FullyConnected
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int output = OperatorRecord.Output(model, op);
        RowTile.Run(
            model, op, arena, TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op)), Tile.Rows, 0, 0,
            Rows(model, output), Depth(model, op), TensorRecord.ArenaOffset(model, output), 0, TensorRecord.Channels(model, output),
            weights, weightsAt, bias, biasAt, requant, requantAt);
    }
}
