namespace EdgeCnn;

internal static unsafe partial class AveragePool
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output);
        int pixel = Window.PixelBytes(model, output), line = Window.LineBytes(model, op), to = TensorRecord.ArenaOffset(model, output);
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op);
        bool wide = TensorRecord.Type(model, output) == ElementType.Int16;
        int n = 0, y = 0, x = 0;
        do
        {
            int first = Window.FirstPlace(model, op, n, y, x), lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            for (int c = 0; c < channels; c++)
            {
                int sum = wide
                    ? SumInt16(arena, first + 2 * c, line, lines, places, pixel)
                    : Sum(arena, first + c, line, lines, places, pixel);
                int mean = Requantize.Clamp(Requantize.Divide(sum, lines * places), min, max);
                if (wide) Memory.SetInt16(arena, to + 2 * c, mean);
                else arena[to + c] = (byte)mean;
            }
            to += pixel;
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
    }

    /// <summary>Σ of one channel over lines × places; a window has at most 255 · 255 places, so the sum stays below 2²³.</summary>
    internal static int Sum(Bytes arena, int first, int line, int lines, int places, int pixel)
    {
        int sum = 0;
        for (; lines > 0; lines--, first += line)
        {
            for (int at = first; at < first + places * pixel; at += pixel) sum += (sbyte)arena[at];
        }
        return sum;
    }

    /// <summary>The same of int16: below 2³¹ − 2¹⁵, which leaves room for the rounding.</summary>
    private static int SumInt16(Bytes arena, int first, int line, int lines, int places, int pixel)
    {
        int sum = 0;
        for (; lines > 0; lines--, first += line)
        {
            for (int at = first; at < first + places * pixel; at += pixel) sum += Memory.Int16(arena, at);
        }
        return sum;
    }
}
