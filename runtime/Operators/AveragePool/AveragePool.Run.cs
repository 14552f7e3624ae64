namespace EdgeCnn;

internal static unsafe partial class AveragePool
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output);
        int line = Window.LineBytes(model, op), to = TensorRecord.ArenaOffset(model, output);
        int n = 0, y = 0, x = 0;
        do
        {
            int first = Window.FirstPlace(model, op, n, y, x), lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            for (int c = 0; c < channels; c++)
            {
                int sum = Sum(arena, first + c, line, lines, places, channels);
                int mean = Requantize.Divide(sum, lines * places);
                arena[to + c] = (byte)Requantize.Clamp(mean, Clamp.Min(model, op), Clamp.Max(model, op));
            }
            to += channels;
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
    }

    /// <summary>Σ of one channel over lines × places; a window has at most 255 · 255 places, so the sum stays below 2²³.</summary>
    private static int Sum(Bytes arena, int first, int line, int lines, int places, int channels)
    {
        int sum = 0;
        for (; lines > 0; lines--, first += line)
        {
            for (int at = first; at < first + places * channels; at += channels) sum += (sbyte)arena[at];
        }
        return sum;
    }
}
