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
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), positions = Window.Positions(model, op);
        int depth = Window.KernelHeight(model, op) * Window.KernelWidth(model, op) * inputs;
        int channels = TensorRecord.Channels(model, output);
        int images = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        if (inputs == TensorRecord.Channels(model, input) && Window.IsOnePixel(model, op))
        {
            WeightedRows.Run(
                model, op, arena, images, positions, depth, to, begin, length, weights, weightsAt, bias, biasAt, requant, requantAt);
            return;
        }
        if (positions < rows) rows = positions;
        int patches = OperatorRecord.Scratch(model, op) + 4 * rows * (length < Tile.Channels ? length : Tile.Channels);
        for (int p = 0; p < positions; p += rows, to += rows * channels)
        {
            int count = positions - p < rows ? positions - p : rows;
            Patch.Gather(model, op, arena, images, p, count, first, inputs, patches);
            WeightedRows.Run(
                model, op, arena, patches, count, depth, to, begin, length, weights, weightsAt, bias, biasAt, requant, requantAt);
        }
    }
}
