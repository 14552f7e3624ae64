namespace EdgeCnn;

internal static unsafe partial class MaxPool
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
            Memory.Copy(arena, first, arena, to, pixel);
            for (int row = first; lines > 0; lines--, row += line)
            {
                for (int at = row; at < row + places * pixel; at += pixel)
                {
                    if (wide) KeepLargerInt16(arena, at, to, channels);
                    else KeepLarger(arena, at, to, channels);
                }
            }
            if (wide) ClampInt16(arena, to, channels, min, max);
            else ClampInt8(arena, to, channels, min, max);
            to += pixel;
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
    }

    /// <summary>largest[c] = max(largest[c], values[c]).</summary>
    private static void KeepLarger(Bytes arena, int values, int largest, int channels)
    {
        for (int c = 0; c < channels; c++)
            if ((sbyte)arena[values + c] > (sbyte)arena[largest + c]) arena[largest + c] = arena[values + c];
    }

    private static void KeepLargerInt16(Bytes arena, int values, int largest, int channels)
    {
        for (int c = 0; c < channels; c++, values += 2, largest += 2)
        {
            int value = Memory.Int16(arena, values);
            if (value > Memory.Int16(arena, largest)) Memory.SetInt16(arena, largest, value);
        }
    }

    private static void ClampInt8(Bytes arena, int values, int channels, int min, int max)
    {
        for (int c = 0; c < channels; c++)
            arena[values + c] = (byte)Requantize.Clamp((sbyte)arena[values + c], min, max);
    }

    private static void ClampInt16(Bytes arena, int values, int channels, int min, int max)
    {
        for (int c = 0; c < channels; c++, values += 2)
            Memory.SetInt16(arena, values, Requantize.Clamp(Memory.Int16(arena, values), min, max));
    }
}
