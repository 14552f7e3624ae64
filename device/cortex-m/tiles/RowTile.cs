using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>The micro-kernel for whole rows of outputs, from rows.S: the numbers of <see cref="Tile"/>, without sums in memory.</summary>
internal static unsafe class RowTile
{
    /// <summary>Bytes of stack that widened rows may take.</summary>
    private const int WidenedBytes = 3584;

    /// <summary>Whether it serves this many rows, channels and products in a sum: a whole word of activations, a group of channels, and
    /// widened rows that fit.</summary>
    internal static bool Takes(int rowCount, int channels, int depth) =>
        depth >= 4 && channels >= 4 && 2 * rowCount * ((depth + 3) & ~3) <= WidenedBytes;

    /// <summary>output[r · outputStride + c] =
    /// clamp(zeroPoint + requantize(bias[c] + Σₖ rows[r · depth + k] · weights[c · depth + k])).</summary>
    internal static void Run(
        byte* rows, int rowsAt, int rowCount, int depth, byte* weights, int weightsAt, int channels, byte* bias, int biasAt,
        byte* requant, int multiplierAt, int shiftAt, int step, int zeroPoint, int min, int max,
        byte* output, int outputAt, int outputStride)
    {
        RowBlock block;
        block.Depth = depth;
        block.Weights = weights + weightsAt;
        block.Channels = channels;
        block.Bias = bias + biasAt;
        block.Multipliers = requant + multiplierAt;
        block.Shifts = requant + shiftAt;
        block.Step = step;
        block.ZeroPoint = zeroPoint;
        byte* to = output + outputAt;
        if (rowCount == 1) OneRow(rows + rowsAt, to, &block);
        else TwoRows(rows + rowsAt, to, &block, outputStride);
        if (min == sbyte.MinValue && max == sbyte.MaxValue) return;
        for (int r = 0; r < rowCount; r++, to += outputStride) Clamp(to, channels, min, max);
    }

    /// <summary>The output rows of two rows of activations, one row after the other; clamped to 8 bits only.</summary>
    internal static void TwoRows(byte* rows, byte* output, RowBlock* block) => TwoRows(rows, output, block, block->Channels);

    /// <summary>The output row of a row of activations, clamped to 8 bits only.</summary>
    [RuntimeImport("*", "one_row"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void OneRow(byte* row, byte* output, RowBlock* block);

    /// <summary>Clamps outputs as the operator says, where 8 bits do not say it already.</summary>
    internal static void Clamp(byte* model, int op, byte* outputs, int count)
    {
        int min = EdgeCnn.Clamp.Min(model, op), max = EdgeCnn.Clamp.Max(model, op);
        if (min != sbyte.MinValue || max != sbyte.MaxValue) Clamp(outputs, count, min, max);
    }

    /// <summary>bytes[i] = min(max(bytes[i], min), max).</summary>
    [RuntimeImport("*", "clamp_bytes"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Clamp(byte* bytes, int count, int min, int max);

    [RuntimeImport("*", "two_rows"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void TwoRows(byte* rows, byte* output, RowBlock* block, int outputStride);
}
