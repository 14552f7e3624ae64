using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>The micro-kernel for whole rows of outputs, from rows.S: the numbers of <see cref="Tile"/>, without sums in memory.</summary>
internal static unsafe class RowTile
{
    /// <summary>Bytes of stack that widened rows may take.</summary>
    private const int WidenedBytes = 3584;

    /// <summary>Products in a sum, and channels, from which on widened rows serve: a word of activations, and a group.</summary>
    private const int Fewest = 4;

    /// <summary>arena[outputAt + r · outputStride + c] =
    /// clamp(zeroPoint + requantize(bias[c] + Σₖ arena[rowsAt + r · depth + k] · weights[c · depth + k])).</summary>
    internal static void Run(
        byte* arena, int rowsAt, int rowCount, int depth, byte* weights, int weightsAt, int channels, byte* bias, int biasAt,
        byte* requant, int multiplierAt, int shiftAt, int step, int zeroPoint, int min, int max, int outputAt, int outputStride, int sums)
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
        byte* row = arena + rowsAt, to = arena + outputAt;
        int bytes = sizeof(short) * ((depth + 3) & ~3);
        bool isWidened = depth >= Fewest && channels >= Fewest && bytes <= WidenedBytes;
        while (rowCount > 0)
        {
            int count = 1;
            if (!isWidened)
            {
                PlainRow(row, to, &block);
            }
            else if (rowCount == 1 || 2 * bytes > WidenedBytes)
            {
                OneRow(row, to, &block);
            }
            else
            {
                TwoRows(row, to, &block, outputStride);
                count = 2;
            }
            row += count * depth;
            rowCount -= count;
            for (; count > 0; count--, to += outputStride) Clamp(to, channels, min, max);
        }
    }

    /// <summary>bytes[i] = min(max(bytes[i], min), max), where 8 bits do not say it already.</summary>
    internal static void Clamp(byte* bytes, int count, int min, int max)
    {
        if (min != sbyte.MinValue || max != sbyte.MaxValue) ClampBytes(bytes, count, min, max);
    }

    private static void PlainRow(byte* row, byte* output, RowBlock* block)
    {
        byte* weights = block->Weights;
        for (int c = 0; c < block->Channels; c++, weights += block->Depth)
        {
            int sum = Tile.Dot(row, weights, block->Depth) + ((int*)block->Bias)[c], i = c * block->Step;
            sum = Requantize.Multiply(sum, ((int*)block->Multipliers)[i], (sbyte)block->Shifts[i]) + block->ZeroPoint;
            output[c] = (byte)Requantize.Clamp(sum, sbyte.MinValue, sbyte.MaxValue);
        }
    }

    [RuntimeImport("*", "clamp_bytes"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ClampBytes(byte* bytes, int count, int min, int max);

    [RuntimeImport("*", "one_row"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void OneRow(byte* row, byte* output, RowBlock* block);

    [RuntimeImport("*", "two_rows"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void TwoRows(byte* rows, byte* output, RowBlock* block, int outputStride);
}
