namespace EdgeCnn;

internal static unsafe partial class DepthwiseConv2D
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        if (DepthwiseTile.Takes(model, op, requant, requantAt))
        {
            DepthwiseTile.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
            return;
        }
        if (ConvolutionTile.Takes(model, op))
        {
            ConvolutionTile.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
            return;
        }
        int output = OperatorRecord.Output(model, op), inputs = TensorRecord.Channels(model, OperatorRecord.Input(model, op));
        int multiplier = Multiplier(model, op), taps = Taps(model, op), to = TensorRecord.ArenaOffset(model, output);
        int window = OperatorRecord.Scratch(model, op) + 4 * (multiplier < Tile.Channels ? multiplier : Tile.Channels);
        int images = TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op)), n = 0, y = 0, x = 0;
        do
        {
            for (int i = 0; i < inputs; i++)
            {
                Gather(model, op, arena, images, n, y, x, i, window);
                WeightedRows.Run(
                    model, op, arena, window, taps, 1, taps, to, i * multiplier, multiplier,
                    weights, weightsAt, bias, biasAt, requant, requantAt);
            }
            to += inputs * multiplier;
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
    }

    /// <summary>Copies the taps of one channel under the window at (n, y, x) to <paramref name="to"/>; those outside the input get its
    /// zero point.</summary>
    private static void Gather(Bytes model, int op, Bytes arena, int images, int n, int y, int x, int channel, int to)
    {
        int input = OperatorRecord.Input(model, op), height = TensorRecord.Dimension(model, input, 1);
        int width = TensorRecord.Dimension(model, input, 2), channels = TensorRecord.Dimension(model, input, 3);
        int kernelHeight = Window.KernelHeight(model, op), kernelWidth = Window.KernelWidth(model, op);
        int dilationY = Window.DilationY(model, op), dilationX = Window.DilationX(model, op);
        int row = y * Window.StrideY(model, op) - Window.PadTop(model, op);
        int left = x * Window.StrideX(model, op) - Window.PadLeft(model, op);
        int image = images + n * height * width * channels + channel;
        byte zero = (byte)TensorRecord.ZeroPoint(model, input);
        for (int ky = 0; ky < kernelHeight; ky++, row += dilationY)
        {
            bool inside = row >= 0 && row < height;
            int column = left;
            for (int kx = 0; kx < kernelWidth; kx++, column += dilationX, to++)
                arena[to] = inside && column >= 0 && column < width ? arena[image + (row * width + column) * channels] : zero;
        }
    }
}
