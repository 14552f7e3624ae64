using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>The micro-kernel for whole rows of outputs, from rows.S: the numbers of <see cref="Tile"/>, without sums in memory.</summary>
internal static unsafe class RowTile
{
    /// <summary>Bytes of stack that widened rows may take.</summary>
    private const int WidenedBytes = 2560;

    /// <summary>Whether it serves this many rows, channels and products in a sum: a whole word of activations, a group of channels, and
    /// widened rows that fit.</summary>
    internal static bool Takes(int rowCount, int channels, int depth) =>
        depth >= 4 && channels >= 4 && 2 * rowCount * depth <= WidenedBytes - 16;

    /// <summary>output[r · outputStride + c] = clamp(zeroPoint + requantize(bias[c] + Σₖ rows[r · depth + k] · weights[c · depth + k])).</summary>
    internal static void Run(
        byte* rows, int rowsAt, int rowCount, int depth, byte* weights, int weightsAt, int channels, byte* bias, int biasAt,
        byte* requant, int multiplierAt, int shiftAt, int step, int zeroPoint, int min, int max, byte* output, int outputAt, int outputStride)
    {
        if (rowCount == 1)
            OneRow(
                rows + rowsAt, depth, weights + weightsAt, channels, bias + biasAt, requant + multiplierAt, requant + shiftAt, step, zeroPoint,
                output + outputAt);
        else
            TwoRows(
                rows + rowsAt, depth, weights + weightsAt, channels, bias + biasAt, requant + multiplierAt, requant + shiftAt, step, zeroPoint,
                output + outputAt, outputStride);
        if (min == sbyte.MinValue && max == sbyte.MaxValue) return;
        for (int r = 0; r < rowCount; r++) Clamp(output + outputAt + r * outputStride, channels, min, max);
    }

    /// <summary>bytes[i] = min(max(bytes[i], min), max).</summary>
    [RuntimeImport("*", "clamp_bytes"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Clamp(byte* bytes, int count, int min, int max);

    [RuntimeImport("*", "two_rows"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void TwoRows(
        byte* rows, int depth, byte* weights, int channels, byte* bias, byte* multipliers, byte* shifts, int step, int zeroPoint,
        byte* output, int outputStride);

    [RuntimeImport("*", "one_row"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void OneRow(
        byte* row, int depth, byte* weights, int channels, byte* bias, byte* multipliers, byte* shifts, int step, int zeroPoint,
        byte* output);
}
