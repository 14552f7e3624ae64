using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn;

internal static unsafe partial class MaxPool
{
    /// <summary>Most places under a window: the number of one is a byte.</summary>
    private const int MaxPlaces = 256;

    /// <summary>As <see cref="Learn"/>, with a table of where a window's places are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void LearnLowered(Bytes model, int op, int record, Bytes arena)
    {
        var windows = new PoolWindows(model, op);
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), target = Backward.Target(model, record);
        int input = OperatorRecord.Input(model, op), elements = TensorRecord.Elements(model, input), line = Window.LineBytes(model, op);
        int channels = windows.Channels, first = TensorRecord.ArenaOffset(model, input), tableLines = 0, tablePlaces = 0, n = 0, y = 0, x = 0;
        short* deltas = (short*)(arena + error + ErrorTensor.HeaderBytes);
        byte* winners = arena + LearnRecord.Place(model, record, LearnRecord.SavedInputAt);
        int* table = stackalloc int[MaxPlaces];
        ErrorTensor.Clear(arena, target, elements);
        do
        {
            int* sums = (int*)(arena + target + ErrorTensor.HeaderBytes) + (windows.First(n, y, x) - first);
            int lines = windows.Lines(y), places = windows.Places(x);
            if (lines != tableLines || places != tablePlaces)
            {
                tableLines = lines;
                tablePlaces = places;
                for (int i = 0; i < MaxPlaces; i++) table[i] = i < lines * places ? i / places * line + i % places * channels : -1;
            }
            for (int c = 0; c < channels; c++)
            {
                int place = table[winners[c]];
                if (place >= 0) sums[place + c] += deltas[c];
            }
            deltas += channels;
            winners += channels;
        }
        while (windows.Next(ref n, ref y, ref x));
        Backward.Finish(model, record, arena, elements, ErrorTensor.Exponent(arena, error));
    }

    /// <summary>As <see cref="SaveWinners"/>, 16 channels at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SaveLoweredWinners(Bytes model, int op, Bytes arena, int to)
    {
        var windows = new PoolWindows(model, op);
        int input = OperatorRecord.Input(model, op), channels = windows.Channels, line = Window.LineBytes(model, op), n = 0, y = 0, x = 0;
        sbyte* end = (sbyte*)arena + TensorRecord.ArenaOffset(model, input) + TensorRecord.ByteCount(model, input);
        byte* winners = arena + to, last = winners + TensorRecord.Elements(model, OperatorRecord.Output(model, op));
        do
        {
            int window = windows.First(n, y, x), lines = windows.Lines(y), places = windows.Places(x), c = 0;
            sbyte* reach = (sbyte*)arena + window + (lines - 1) * line + (places - 1) * channels + 16;
            for (; c < channels && reach + c <= end; c += 16)
            {
                sbyte* row = (sbyte*)arena + window + c;
                Vector128<sbyte> largest = *(Vector128<sbyte>*)row, winner = default, place = default, one = Vector128.Create((sbyte)1);
                for (int i = lines; i > 0; i--, row += line)
                {
                    sbyte* at = row;
                    for (int j = places; j > 0; j--, at += channels, place += one)
                    {
                        Vector128<sbyte> q = *(Vector128<sbyte>*)at, isLarger = Vector128.GreaterThan(q, largest);
                        largest = Vector128.Max(largest, q);
                        winner = Vector128.ConditionalSelect(isLarger, place, winner);
                    }
                }
                Bytes128.StoreRow(winner, (sbyte*)winners + c, channels - c < 16 ? channels - c : 16, (nint)(last - (winners + c)));
            }
            // Near the end of the input, where 16 bytes would reach beyond it.
            for (; c < channels; c++) winners[c] = (byte)Winner(arena, window + c, line, lines, places, channels);
            winners += channels;
        }
        while (windows.Next(ref n, ref y, ref x));
    }
}
