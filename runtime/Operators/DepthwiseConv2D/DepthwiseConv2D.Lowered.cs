namespace EdgeCnn;

internal static unsafe partial class DepthwiseConv2D
{
    internal static long LoweredWeightBytes(Bytes model, int op) => 2L * PackedRows.PaddedChannels(model, op) * PackedTaps(model, op);

    /// <summary>A staged image, each channel as often as it has outputs; the taps' distances; the sums of a tile.</summary>
    internal static long LoweredScratchBytes(Bytes model, int op)
    {
        var window = new PaddedWindow(model, op);
        return window.StagedBytes(window.OutputChannels, TileCode.ElementBytes(OperatorRecord.Tile(model, op)))
            + 4L * PackedTaps(model, op) + PackedRows.SumBytes;
    }

    /// <summary>
    /// Writes weights[channel][tap] as int16 packed[block][tap][channel]. Where the tile multiplies pairs, two taps lie side by side,
    /// and the channels stand in the order in which interleaving 128-bit lanes brings them: 0–3, 8–11, 4–7, 12–15.
    /// </summary>
    internal static void Pack(Bytes model, int op, Bytes weights, short* packed)
    {
        int channels = TensorRecord.Channels(model, OperatorRecord.Output(model, op)), taps = Taps(model, op);
        int group = TapGroup(model, op);
        for (int first = 0; first < channels; first += ITile.BlockChannels)
            for (int tap = 0; tap < taps; tap += group)
                for (int i = 0; i < ITile.BlockChannels; i++)
                    for (int t = tap; t < tap + group; t++, packed++)
                    {
                        int c = first + (group == 2 ? (i & 3) + ((i & 4) << 1) + ((i & 8) >> 1) : i);
                        *packed = (short)(c < channels && t < taps ? (sbyte)weights[c * taps + t] : 0);
                    }
    }

    internal static void RunLowered<TTile>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, IChannelTile
    {
        var window = new PaddedWindow(model, op);
        int channels = window.OutputChannels, element = TileCode.ElementBytes(TTile.Code), pixel = channels * element;
        int line = (int)window.StagedWidth * pixel, taps = PackedTaps(model, op), input = OperatorRecord.Input(model, op);
        var numbers = new Requantization(model, op, requant, requantAt, (int)PackedRows.PaddedChannels(model, op));
        byte* staged = arena + OperatorRecord.Scratch(model, op);
        int* distances = (int*)(staged + window.StagedBytes(channels, element)), sums = distances + taps;
        for (int t = 0, all = Taps(model, op); t < taps; t++)
        {
            int tap = t < all ? t : 0;   // the one that fills a pair meets a zero
            distances[t] = tap / window.KernelWidth * window.DilationY * line + tap % window.KernelWidth * window.DilationX * pixel;
        }
        sbyte* image = (sbyte*)arena + TensorRecord.ArenaOffset(model, input);
        sbyte* output = (sbyte*)arena + TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        byte** rows = stackalloc byte*[ITile.Rows];
        for (int n = 0; n < window.Batch; n++, image += window.Height * window.Width * window.Channels)
        {
            window.Stage<TTile>(image, staged, (sbyte)TensorRecord.ZeroPoint(model, input), channels / window.Channels);
            var places = new Places(window, staged, pixel);
            while (places.Next(rows) is var count and > 0)
            {
                short* block = (short*)(weights + weightsAt);
                PackedRows.FillGroup(rows, count);
                for (int first = 0; first < channels; first += ITile.BlockChannels, block += taps * ITile.BlockChannels)
                {
                    int left = channels - first < ITile.BlockChannels ? channels - first : ITile.BlockChannels;
                    int* biases = (int*)(bias + biasAt) + first;
                    if (numbers.HasFastShifts)
                    {
                        TTile.DepthwiseOutputs(
                            rows, count, (nint)first * element, distances, taps, block, biases, numbers, first, output + first, channels, left, sums);
                    }
                    else
                    {
                        TTile.Depthwise(rows, count, (nint)first * element, distances, taps, block, biases, sums);
                        numbers.Exact(sums, count, first, output + first, channels, left);
                    }
                }
                output += count * channels;
            }
        }
    }

    private static int TapGroup(Bytes model, int op) => TileCode.Group(OperatorRecord.Tile(model, op)) == 2 ? 2 : 1;

    private static int PackedTaps(Bytes model, int op) => (Taps(model, op) + TapGroup(model, op) - 1) / TapGroup(model, op) * TapGroup(model, op);
}
