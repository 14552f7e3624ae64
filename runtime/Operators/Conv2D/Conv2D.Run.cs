namespace EdgeCnn;

internal static unsafe partial class Conv2D
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt) =>
        Run(
            model, op, arena, 0, TensorRecord.Channels(model, OperatorRecord.Input(model, op)), 0, WeightedRows.OutputChannels(model, op),
            Tile.Rows, weights, weightsAt, bias, biasAt, requant, requantAt);

    /// <summary>Computes <paramref name="length"/> output channels from <paramref name="begin"/> on, which see
    /// <paramref name="inputs"/> input channels from <paramref name="first"/> on, of up to <paramref name="rows"/> windows at a time. The
    /// weights of channel c are at <paramref name="weightsAt"/> + c · Kh · Kw · inputs. In scratch memory are sums first, then
    /// patches.</summary>
    internal static void Run(
        Bytes model, int op, Bytes arena, int first, int inputs, int begin, int length, int rows,
        Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int input = OperatorRecord.Input(model, op), positions = Window.Positions(model, op);
        int depth = Window.KernelHeight(model, op) * Window.KernelWidth(model, op) * inputs, at = TensorRecord.ArenaOffset(model, input);
        if (positions < rows) rows = positions;
        if (inputs == TensorRecord.Channels(model, input) && Window.IsOnePixel(model, op)) inputs = 0;
        else at = OperatorRecord.Scratch(model, op) + 4 * rows * (length < Tile.Channels ? length : Tile.Channels);
        RowTile.Run(
            model, op, arena, at, rows, first, inputs, positions, depth,
            TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op)), begin, length,
            weights, weightsAt, bias, biasAt, requant, requantAt);
    }
}
