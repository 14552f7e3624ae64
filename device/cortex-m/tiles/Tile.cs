using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>The micro-kernel of runtime/Tiles/Tile.cs for processors with the DSP extension: the same numbers, from dot.S and
/// requantize.S.</summary>
internal static unsafe class Tile
{
    /// <summary>Rows of activations that one call takes at the most.</summary>
    internal const int Rows = 2;

    /// <summary>Rows of weights (output channels) that one call takes at the most.</summary>
    internal const int Channels = 16;

    /// <summary>sums[r · channels + c] = Σₖ rows[rowsAt + r · rowStride + k] · weights[weightsAt + c · depth + k].</summary>
    internal static void Dot(
        byte* rows, int rowsAt, int rowStride, int rowCount, byte* weights, int weightsAt, int channels, int depth, byte* sums, int sumsAt)
    {
        byte* row = rows + rowsAt, channel = weights + weightsAt;
        int* sum = (int*)(sums + sumsAt);
        for (int r = 0; r < rowCount; r++, row += rowStride, sum += channels) OneRow(row, channel, channels, depth, sum);
    }

    /// <summary>output[c] = clamp(zeroPoint + requantize(sums[c] + bias[c])), with a multiplier and shift for each channel or one for
    /// all.</summary>
    internal static void Requantize(
        byte* sums, int sumsAt, int count, byte* bias, int biasAt, byte* requant, int multiplierAt, int shiftAt, int step,
        int zeroPoint, int min, int max, byte* output, int outputAt) =>
        Requantize(
            (int*)(sums + sumsAt), (int*)(bias + biasAt), (int*)(requant + multiplierAt), requant + shiftAt, step, count,
            zeroPoint, min, max, output + outputAt);

    private static void OneRow(byte* row, byte* channel, int channels, int depth, int* sum)
    {
        byte* end = row + (depth & ~3);
        int c = 0;
        for (; c + 3 < channels; c += 4, channel += 4 * depth, sum += 4)
            Dot1x4(row, channel, channel + depth, channel + 2 * depth, channel + 3 * depth, end, depth & 3, sum);
        for (; c < channels; c++, channel += depth) *sum++ = Dot1x1(row, channel, depth);
    }

    [RuntimeImport("*", "dot_1x4"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Dot1x4(
        byte* row, byte* weights0, byte* weights1, byte* weights2, byte* weights3, byte* end, int rest, int* sums);

    [RuntimeImport("*", "dot_1x1"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int Dot1x1(byte* row, byte* weights, int depth);

    [RuntimeImport("*", "requantize_row"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Requantize(
        int* sums, int* bias, int* multipliers, byte* shifts, int step, int count, int zeroPoint, int min, int max, byte* output);
}
