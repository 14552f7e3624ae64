using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn;

internal static unsafe partial class MaxPool
{
    /// <summary>As <see cref="Run"/>, 16 channels at a time.</summary>
    internal static void RunLowered(Bytes model, int op, Bytes arena)
    {
        var windows = new PoolWindows(model, op);
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        var edges = new Edges(
            (sbyte*)arena + TensorRecord.ArenaOffset(model, input) + TensorRecord.ByteCount(model, input),
            (sbyte*)arena + TensorRecord.ArenaOffset(model, output) + TensorRecord.ByteCount(model, output),
            Window.LineBytes(model, op), windows.Channels, (sbyte)Clamp.Min(model, op), (sbyte)Clamp.Max(model, op));
        sbyte* to = (sbyte*)arena + TensorRecord.ArenaOffset(model, output);
        for (int n = 0; n < windows.Batch; n++)
            for (int y = 0; y < windows.OutputHeight; y++)
            {
                int lines = windows.Lines(y), done;
                for (int x = 0; x < windows.OutputWidth; x += done, to += done * windows.Channels)
                {
                    sbyte* first = (sbyte*)arena + windows.First(n, y, x);
                    int places = windows.Places(x);
                    done = lines == 2 && places == 2 ? TwoByTwo(first, windows.StrideX, windows.WholeFrom(x), to, edges) : 0;
                    if (done > 0) continue;
                    Any(first, lines, places, to, edges);
                    done = 1;
                }
            }
    }

    /// <summary>Neighbouring windows of 2 × 2 places, as many of <paramref name="count"/> as 16 bytes everywhere stay within the tensors:
    /// the last of the image are left to <see cref="Any"/>.</summary>
    /// <returns>How many windows were done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int TwoByTwo(sbyte* first, int stride, int count, sbyte* to, in Edges edges)
    {
        nint channels = edges.Channels, line = edges.Line, step = stride * channels, padded = (channels + 15) & ~(nint)15;
        nint readable = (nint)(edges.InputEnd - (first + line + channels + padded)), writable = (nint)(edges.OutputEnd - (to + padded));
        if (count == 0 || readable < 0 || writable < 0) return 0;
        if (readable / step < count - 1) count = (int)(readable / step) + 1;
        if (writable / channels < count - 1) count = (int)(writable / channels) + 1;
        Vector128<sbyte> min = Vector128.Create(edges.Min), max = Vector128.Create(edges.Max);
        for (int i = count; i > 0; i--, first += step, to += channels)
            for (nint c = 0; c < channels; c += 16)
            {
                sbyte* row = first + c;
                Vector128<sbyte> upper = Vector128.Max(*(Vector128<sbyte>*)row, *(Vector128<sbyte>*)(row + channels));
                Vector128<sbyte> lower = Vector128.Max(*(Vector128<sbyte>*)(row + line), *(Vector128<sbyte>*)(row + line + channels));
                *(Vector128<sbyte>*)(to + c) = Vector128.Min(Vector128.Max(Vector128.Max(upper, lower), min), max);
            }
        return count;
    }

    /// <summary>One window of any size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Any(sbyte* first, int lines, int places, sbyte* to, in Edges edges)
    {
        int channels = edges.Channels, c = 0;
        nint line = edges.Line;
        sbyte* last = first + (lines - 1) * line + (places - 1) * channels;
        for (; c < channels && last + c + 16 <= edges.InputEnd; c += 16)
        {
            Vector128<sbyte> largest = Vector128.Create(edges.Min);
            sbyte* row = first + c;
            for (int l = lines; l > 0; l--, row += line)
            {
                sbyte* at = row;
                for (int p = places; p > 0; p--, at += channels) largest = Vector128.Max(largest, *(Vector128<sbyte>*)at);
            }
            largest = Vector128.Min(largest, Vector128.Create(edges.Max));
            Bytes128.StoreRow(largest, to + c, channels - c < 16 ? channels - c : 16, (nint)(edges.OutputEnd - (to + c)));
        }
        // Near the end of the input, where 16 bytes would reach beyond it.
        for (; c < channels; c++)
        {
            sbyte largest = edges.Min;
            sbyte* row = first + c;
            for (int l = lines; l > 0; l--, row += line)
                for (int p = 0; p < places; p++)
                    if (row[p * channels] > largest) largest = row[p * channels];
            to[c] = largest < edges.Max ? largest : edges.Max;
        }
    }

    /// <summary>Where the tensors end, and what is the same for every window.</summary>
    private readonly struct Edges(sbyte* inputEnd, sbyte* outputEnd, nint line, int channels, sbyte min, sbyte max)
    {
        internal readonly sbyte* InputEnd = inputEnd, OutputEnd = outputEnd;
        internal readonly nint Line = line;
        internal readonly int Channels = channels;
        internal readonly sbyte Min = min, Max = max;
    }
}
