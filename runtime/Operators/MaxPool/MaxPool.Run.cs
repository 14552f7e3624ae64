namespace EdgeCnn;

internal static unsafe partial class MaxPool
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output);
        int line = Window.LineBytes(model, op), to = TensorRecord.ArenaOffset(model, output);
        int n = 0, y = 0, x = 0;
        do
        {
            int first = Window.FirstPlace(model, op, n, y, x), lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            Memory.Copy(arena, first, arena, to, channels);
            for (int row = first; lines > 0; lines--, row += line)
            {
                for (int at = row; at < row + places * channels; at += channels) KeepLarger(arena, at, to, channels);
            }
            ClampAll(arena, to, channels, Clamp.Min(model, op), Clamp.Max(model, op));
            to += channels;
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
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
