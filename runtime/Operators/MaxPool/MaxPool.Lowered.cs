using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn;

internal static unsafe partial class MaxPool
{
    /// <summary>As <see cref="Run"/>, 16 channels at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RunLowered(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output);
        nint line = Window.LineBytes(model, op);
        sbyte* end = (sbyte*)arena + TensorRecord.ArenaOffset(model, input) + TensorRecord.ByteCount(model, input);
        sbyte* to = (sbyte*)arena + TensorRecord.ArenaOffset(model, output), toEnd = to + TensorRecord.ByteCount(model, output);
        sbyte min = (sbyte)Clamp.Min(model, op), max = (sbyte)Clamp.Max(model, op);
        int n = 0, y = 0, x = 0;
        var walk = new PoolWindows(model, op);
        do
        {
            sbyte* first = (sbyte*)arena + walk.First(n, y, x);
            int lines = walk.Lines(y), places = walk.Places(x);
            sbyte* last = first + (lines - 1) * line + (places - 1) * channels;
            int c = 0;
            for (; c < channels && last + c + 16 <= end; c += 16)
            {
                Vector128<sbyte> largest = Vector128.Create(min);
                sbyte* row = first + c;
                for (int l = lines; l > 0; l--, row += line)
                {
                    sbyte* at = row;
                    for (int p = places; p > 0; p--, at += channels) largest = Vector128.Max(largest, *(Vector128<sbyte>*)at);
                }
                Bytes128.StoreRow(Vector128.Min(largest, Vector128.Create(max)), to + c, channels - c < 16 ? channels - c : 16, (nint)(toEnd - (to + c)));
            }
            // Near the end of the input, where 16 bytes would reach beyond it.
            for (; c < channels; c++)
            {
                sbyte largest = min;
                sbyte* row = first + c;
                for (int l = lines; l > 0; l--, row += line)
                    for (int p = 0; p < places; p++)
                        if (row[p * channels] > largest) largest = row[p * channels];
                to[c] = largest < max ? largest : max;
            }
            to += channels;
        }
        while (walk.Next(ref n, ref y, ref x));
    }
}
