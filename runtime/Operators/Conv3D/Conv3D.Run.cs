namespace EdgeCnn;

internal static unsafe partial class Conv3D
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int output = OperatorRecord.Output(model, op), positions = Window.Positions(model, op), depth = (int)Depth(model, op);
        int channels = TensorRecord.Channels(model, output), to = TensorRecord.ArenaOffset(model, output);
        int patches = OperatorRecord.Scratch(model, op) + WeightedRows.SumBytes(model, op, positions);
        int n = 0, z = 0, y = 0, x = 0;
        for (int p = 0; p < positions; p += Tile.Rows)
        {
            int count = positions - p < Tile.Rows ? positions - p : Tile.Rows;
            for (int r = 0; r < count; r++)
            {
                Gather(model, op, arena, n, z, y, x, patches + r * depth);
                if (++x < TensorRecord.Dimension(model, output, 3)) continue;
                x = 0;
                if (++y < TensorRecord.Dimension(model, output, 2)) continue;
                y = 0;
                if (++z < TensorRecord.Dimension(model, output, 1)) continue;
                z = 0;
                n++;
            }
            RowTile.Run(
                model, op, arena, patches, Tile.Rows, 0, 0, count, depth, to + p * channels, 0, channels,
                weights, weightsAt, bias, biasAt, requant, requantAt);
        }
    }

    /// <summary>Copies the patch under the window at (n, z, y, x), Kd×Kh×Kw×I, to <paramref name="patch"/>; taps outside the input get its
    /// zero point.</summary>
    private static void Gather(Bytes model, int op, Bytes arena, int n, int z, int y, int x, int patch)
    {
        int input = OperatorRecord.Input(model, op), slices = TensorRecord.Dimension(model, input, 1);
        int height = TensorRecord.Dimension(model, input, 2), width = TensorRecord.Dimension(model, input, 3);
        int channels = TensorRecord.Dimension(model, input, 4), kernelHeight = Kernel(model, op, 1), kernelWidth = Kernel(model, op, 2);
        int stepY = Dilation(model, op, 1), stepX = Dilation(model, op, 2), slice = z * Stride(model, op, 0) - Padding(model, op, 0);
        int top = y * Stride(model, op, 1) - Padding(model, op, 1), left = x * Stride(model, op, 2) - Padding(model, op, 2);
        byte zero = (byte)TensorRecord.ZeroPoint(model, input);
        int volume = TensorRecord.ArenaOffset(model, input) + n * slices * height * width * channels;
        for (int kz = Kernel(model, op, 0); kz > 0; kz--, slice += Dilation(model, op, 0))
        {
            int row = top;
            for (int ky = kernelHeight; ky > 0; ky--, row += stepY)
            {
                bool inside = slice >= 0 && slice < slices && row >= 0 && row < height;
                int column = left;
                for (int kx = kernelWidth; kx > 0; kx--, column += stepX, patch += channels)
                {
                    if (!inside || column < 0 || column >= width) Memory.Fill(arena, patch, channels, zero);
                    else Memory.Copy(arena, volume + ((slice * height + row) * width + column) * channels, arena, patch, channels);
                }
            }
        }
    }
}
