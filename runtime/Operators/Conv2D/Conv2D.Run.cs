namespace EdgeCnn;

internal static unsafe partial class Conv2D
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int positions = Positions(model, op), depth = (int)Depth(model, op), channels = TensorRecord.Channels(model, output);
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        int patches = OperatorRecord.Scratch(model, op) + WeightedRows.SumBytes(model, op, positions);
        bool onePixel = Window.IsOnePixel(model, op);
        int n = 0, y = 0, x = 0;
        for (int p = 0; p < positions; p += Tile.Rows)
        {
            int count = positions - p < Tile.Rows ? positions - p : Tile.Rows;
            for (int r = 0; r < count && !onePixel; r++)
            {
                Gather(model, op, input, arena, n, y, x, patches + r * depth);
                Window.Next(model, output, ref n, ref y, ref x);
            }
            WeightedRows.Run(
                model, op, arena, onePixel ? from + p * depth : patches, depth, count, depth, to + p * channels,
                weights, weightsAt, bias, biasAt, requant, requantAt);
        }
    }

    /// <summary>Copies the patch under the window at (n, y, x), Kh×Kw×I, to <paramref name="patch"/>; taps outside the input get its
    /// zero point, so that the fold of −zeroPoint · Σ weights into the bias is exact at the borders too.</summary>
    private static void Gather(Bytes model, int op, int input, Bytes arena, int n, int y, int x, int patch)
    {
        int height = TensorRecord.Dimension(model, input, 1), width = TensorRecord.Dimension(model, input, 2);
        int channels = TensorRecord.Dimension(model, input, 3);
        int kernelHeight = Window.KernelHeight(model, op), kernelWidth = Window.KernelWidth(model, op);
        int dilationY = Window.DilationY(model, op), dilationX = Window.DilationX(model, op);
        int top = y * Window.StrideY(model, op) - Window.PadTop(model, op);
        int left = x * Window.StrideX(model, op) - Window.PadLeft(model, op);
        byte zero = (byte)TensorRecord.ZeroPoint(model, input);
        int image = TensorRecord.ArenaOffset(model, input) + n * height * width * channels;
        bool rowInside = dilationX == 1 && left >= 0 && left + kernelWidth <= width;
        for (int ky = 0; ky < kernelHeight; ky++)
        {
            int row = top + ky * dilationY, line = image + (row * width + left) * channels;
            if (row < 0 || row >= height)
            {
                Memory.Fill(arena, patch, kernelWidth * channels, zero);
                patch += kernelWidth * channels;
            }
            else if (rowInside)
            {
                Memory.Copy(arena, line, arena, patch, kernelWidth * channels);
                patch += kernelWidth * channels;
            }
            else
            {
                for (int kx = 0; kx < kernelWidth; kx++, patch += channels)
                {
                    int column = left + kx * dilationX;
                    if (column < 0 || column >= width) Memory.Fill(arena, patch, channels, zero);
                    else Memory.Copy(arena, line + kx * dilationX * channels, arena, patch, channels);
                }
            }
        }
    }
}
