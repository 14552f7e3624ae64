using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn;

internal static unsafe partial class AveragePool
{
    /// <summary>Places whose sum of int8 fits an int16.</summary>
    private const int MaxPlaces = 255;

    /// <summary>As <see cref="Run"/>, summing 16 channels at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RunLowered(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output);
        int line = Window.LineBytes(model, op), end = TensorRecord.ArenaOffset(model, input) + TensorRecord.ByteCount(model, input);
        int to = TensorRecord.ArenaOffset(model, output), min = Clamp.Min(model, op), max = Clamp.Max(model, op);
        int n = 0, y = 0, x = 0;
        short* sums = stackalloc short[ITile.BlockChannels];
        var walk = new PoolWindows(model, op);
        do
        {
            int first = walk.First(n, y, x), lines = walk.Lines(y), places = walk.Places(x), count = lines * places;
            int last = first + (lines - 1) * line + (places - 1) * channels, c = 0;
            for (; c < channels && count <= MaxPlaces && last + c + 16 <= end; c += 16)
            {
                Vector128<short> low = default, high = default;
                sbyte* row = (sbyte*)arena + first + c;
                for (int l = lines; l > 0; l--, row += line)
                {
                    sbyte* at = row;
                    for (int p = places; p > 0; p--, at += channels)
                    {
                        Vector128<sbyte> values = *(Vector128<sbyte>*)at;
                        low += Vector128.WidenLower(values);
                        high += Vector128.WidenUpper(values);
                    }
                }
                *(Vector128<short>*)sums = low;
                *(Vector128<short>*)(sums + 8) = high;
                for (int i = 0; i < 16 && c + i < channels; i++)
                    arena[to + c + i] = (byte)Requantize.Clamp(Requantize.Divide(sums[i], count), min, max);
            }
            // Very large windows, and the end of the input, where 16 bytes would reach beyond it.
            for (; c < channels; c++)
                arena[to + c] = (byte)Requantize.Clamp(
                    Requantize.Divide(Sum(arena, first + c, line, lines, places, channels), count), min, max);
            to += channels;
        }
        while (walk.Next(ref n, ref y, ref x));
    }
}
