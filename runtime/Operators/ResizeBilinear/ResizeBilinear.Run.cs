namespace EdgeCnn;

internal static unsafe partial class ResizeBilinear
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int scaleY = Memory.Int32(model, op + ScaleYAt), scaleX = Memory.Int32(model, op + ScaleXAt);
        bool half = Memory.Int32(model, op + HalfPixelAt) != 0;
        int batches = TensorRecord.Dimension(model, input, 0), height = TensorRecord.Dimension(model, input, 1);
        int width = TensorRecord.Dimension(model, input, 2), channels = TensorRecord.Dimension(model, input, 3);
        int rows = TensorRecord.Dimension(model, output, 1), columns = TensorRecord.Dimension(model, output, 2);
        int line = width * channels, image = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        for (int n = 0; n < batches; n++, image += height * line)
        {
            int placeY = half ? scaleY / 2 - 512 : 0;
            for (int y = 0; y < rows; y++, placeY += scaleY)
            {
                int top = Low(placeY), bottom = High(placeY, height), down = placeY - 1024 * top;
                int placeX = half ? scaleX / 2 - 512 : 0;
                for (int x = 0; x < columns; x++, placeX += scaleX, to += channels)
                {
                    int left = Low(placeX), right = High(placeX, width), across = placeX - 1024 * left;
                    Mix(
                        arena, image + top * line + left * channels, (bottom - top) * line, (right - left) * channels, down, across, to,
                        channels);
                }
            }
        }
    }

    private static int Low(int place) => place < 0 ? 0 : place >> 10;

    private static int High(int place, int size) => (place + 1023) >> 10 < size - 1 ? (place + 1023) >> 10 : size - 1;

    /// <summary>One pixel, all channels, from four neighbors. Weights are below 1536 in magnitude (a place may lie half a pixel outside)
    /// and
    /// the products stay below 2²⁹.</summary>
    private static void Mix(Bytes arena, int corner, int below, int beside, int down, int across, int to, int channels)
    {
        int both = down * across, w11 = both, w10 = 1024 * down - both, w01 = 1024 * across - both;
        int w00 = (1 << 20) - 1024 * (down + across) + both;
        for (int c = 0; c < channels; c++)
        {
            int at = corner + c;
            int sum = (sbyte)arena[at] * w00 + (sbyte)arena[at + below] * w10 + (sbyte)arena[at + beside] * w01
                + (sbyte)arena[at + below + beside] * w11;
            arena[to + c] = (byte)Requantize.ShiftRight(sum, 20);
        }
    }
}
