namespace EdgeCnn;

internal static unsafe partial class MaxPool
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int channels = TensorRecord.Channels(model, output), line = TensorRecord.Dimension(model, input, 2) * channels;
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        for (int n = TensorRecord.Dimension(model, output, 0); n > 0; n--)
        {
            for (int y = 0; y < TensorRecord.Dimension(model, output, 1); y++)
            {
                int top = Window.Begin(model, op, 1, y), bottom = Window.End(model, op, 1, y);
                for (int x = 0; x < TensorRecord.Dimension(model, output, 2); x++, to += channels)
                {
                    int left = channels * Window.Begin(model, op, 2, x), right = channels * Window.End(model, op, 2, x);
                    Memory.Fill(arena, to, channels, 0x80);
                    for (int row = from + top * line; row < from + bottom * line; row += line)
                    {
                        for (int at = row + left; at < row + right; at += channels) KeepLarger(arena, at, to, channels);
                    }
                    ClampAll(arena, to, channels, Clamp.Min(model, op), Clamp.Max(model, op));
                }
            }
            from += TensorRecord.Dimension(model, input, 1) * line;
        }
    }

    /// <summary>largest[c] = max(largest[c], values[c]).</summary>
    private static void KeepLarger(Bytes arena, int values, int largest, int channels)
    {
        for (int c = 0; c < channels; c++)
            if ((sbyte)arena[values + c] > (sbyte)arena[largest + c]) arena[largest + c] = arena[values + c];
    }

    private static void ClampAll(Bytes arena, int values, int channels, int min, int max)
    {
        for (int c = 0; c < channels; c++)
            arena[values + c] = (byte)Requantize.Clamp((sbyte)arena[values + c], min, max);
    }
}
