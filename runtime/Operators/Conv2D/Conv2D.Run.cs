namespace EdgeCnn;

internal static unsafe partial class Conv2D
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        if (ConvolutionTile.Takes(model, op))
        {
            ConvolutionTile.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
            return;
        }
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int positions = Positions(model, op), depth = (int)Depth(model, op), channels = TensorRecord.Channels(model, output);
        int inputChannels = TensorRecord.Channels(model, input);
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        int patches = OperatorRecord.Scratch(model, op) + WeightedRows.SumBytes(model, op, positions);
        bool onePixel = Window.IsOnePixel(model, op);
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
                model, op, arena, onePixel ? from + p * depth : patches, depth, count, depth, to + p * channels,
                weights, weightsAt, bias, biasAt, requant, requantAt);
        }
    }
}
