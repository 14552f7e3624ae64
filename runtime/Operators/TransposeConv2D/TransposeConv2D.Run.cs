namespace EdgeCnn;

internal static unsafe partial class TransposeConv2D
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int output = OperatorRecord.Output(model, op), positions = Window.Positions(model, op), depth = (int)Window.Taps(model, op);
        int to = TensorRecord.ArenaOffset(model, output), pixel = Window.PixelBytes(model, output);
        bool wide = IsWide(model, op);
        int rows = wide ? 1 : Tile.Rows, n = 0, y = 0, x = 0;
        int patches = OperatorRecord.Scratch(model, op) + (wide ? 0 : WeightedRows.SumBytes(model, op, positions));
        for (int p = 0; p < positions; p += rows, to += rows * pixel)
        {
            int count = positions - p < rows ? positions - p : rows;
            for (int r = 0; r < count; r++)
            {
                Gather(model, op, arena, n, y, x, patches + r * depth);
                Window.Next(model, output, ref n, ref y, ref x);
            }
            if (wide) WideRows.Run(model, op, arena, patches, depth, to, weights, weightsAt, bias, biasAt, requant, requantAt);
            else
                RowTile.Run(
                    model, op, arena, patches, rows, 0, 0, count, depth, to, 0, pixel,
                    weights, weightsAt, bias, biasAt, requant, requantAt);
        }
    }

    /// <summary>Copies the input pixels that reach the output (n, y, x), Kh×Kw×I in the order of the kernel's taps; a tap that meets no
    /// pixel
    /// gets the zero point.</summary>
    private static void Gather(Bytes model, int op, Bytes arena, int n, int y, int x, int patch)
    {
        int input = OperatorRecord.Input(model, op), height = TensorRecord.Dimension(model, input, 1);
        int width = TensorRecord.Dimension(model, input, 2), pixel = Window.PixelBytes(model, input);
        int kernelHeight = Window.KernelHeight(model, op), kernelWidth = Window.KernelWidth(model, op);
        int strideY = Window.StrideY(model, op), strideX = Window.StrideX(model, op);
        byte zero = (byte)TensorRecord.ZeroPoint(model, input);
        int image = TensorRecord.ArenaOffset(model, input) + n * height * width * pixel;
        // Tap k meets pixel i where i · stride = place − k: every stride-th tap, each meeting the pixel before the last one's.
        int placeY = y + Window.PadTop(model, op), placeX = x + Window.PadLeft(model, op);
        int row = placeY / strideY, firstColumn = placeX / strideX, nextX = placeX - firstColumn * strideX;
        int nextY = placeY - row * strideY;
        for (int ky = 0; ky < kernelHeight; ky++)
        {
            if (ky != nextY || row >= height || row < 0)
            {
                Memory.Fill(arena, patch, kernelWidth * pixel, zero);
                patch += kernelWidth * pixel;
            }
            else
            {
                int column = firstColumn, next = nextX;
                for (int kx = 0; kx < kernelWidth; kx++, patch += pixel)
                {
                    if (kx != next || column >= width || column < 0) Memory.Fill(arena, patch, pixel, zero);
                    else Memory.Copy(arena, image + (row * width + column) * pixel, arena, patch, pixel);
                    if (kx != next) continue;
                    column--;
                    next += strideX;
                }
            }
            if (ky != nextY) continue;
            row--;
            nextY += strideY;
        }
    }
}
