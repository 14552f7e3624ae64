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

    /// <summary>Computes <paramref name="rowCount"/> output rows, of them the channels from <paramref name="begin"/> on,
    /// <paramref name="length"/> in number.</summary>
    internal static void Run(
        byte* model, int op, byte* arena, int rowsAt, int room, int first, int inputs, int rowCount, int depth, int outputAt,
        int begin, int length, byte* weights, int weightsAt, byte* bias, int biasAt, byte* requant, int requantAt)
    {
        int step = OperatorRecord.IsPerChannel(model, op) ? 1 : 0, channels = WeightedRows.OutputChannels(model, op);
        RowBlock block;
        block.Depth = depth;
        block.Weights = weights + weightsAt + begin * depth;
        block.Channels = length;
        block.Bias = bias + biasAt + 4 * begin;
        block.Multipliers = requant + requantAt + 4 * begin * step;
        block.Shifts = requant + requantAt + 4 * WeightedRows.Multipliers(model, op) + begin * step;
        block.Step = step;
        block.ZeroPoint = TensorRecord.ZeroPoint(model, OperatorRecord.Output(model, op));
        byte* to = arena + outputAt + begin;
        int bytes = sizeof(short) * ((depth + 3) & ~3), min = EdgeCnn.Clamp.Min(model, op), max = EdgeCnn.Clamp.Max(model, op);
        bool isWidened = depth >= Fewest && length >= Fewest && bytes <= WidenedBytes;
        if (2 * bytes > WidenedBytes || !isWidened) room = 1;
        for (int row = 0, rows; row < rowCount; row += rows)
        {
            rows = rowCount - row < room ? 1 : room;
            byte* from = arena + WeightedRows.Fetch(model, op, arena, rowsAt, row, rows, depth, first, inputs);
            if (!isWidened) PlainRow(from, to, &block);
            else if (rows == 1) OneRow(from, to, &block);
            else TwoRows(from, to, &block, channels);
            for (int r = 0; r < rows; r++, to += channels) Clamp(to, length, min, max);
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
