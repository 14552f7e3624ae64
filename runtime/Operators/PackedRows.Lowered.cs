namespace EdgeCnn;

/// <summary>
/// What lowered convolution and fully connected layers share: packed weights, and the way from staged rows to outputs in blocks of
/// <see cref="ITile.BlockChannels"/> output channels and tiles of <see cref="ITile.Rows"/> rows.
/// </summary>
internal static unsafe class PackedRows
{
    /// <summary>Most blocks whose sums wait together for requantization.</summary>
    private const int BlocksAtOnce = 2;

    /// <summary>Bytes of the sums of one tile.</summary>
    internal const int SumBytes = 4 * BlocksAtOnce * ITile.Rows * ITile.BlockChannels;

    /// <summary>a · b, or more than any file or arena holds: sizes that a damaged file states must not wrap around to small ones.</summary>
    internal static long Product(long a, long b) => a > 0 && b > (1L << 40) / a ? 1L << 40 : a * b;

    /// <summary>Output channels, filled up to whole blocks.</summary>
    internal static long PaddedChannels(Bytes model, int op)
    {
        long channels = TensorRecord.Channels(model, OperatorRecord.Output(model, op));
        return (channels + ITile.BlockChannels - 1) / ITile.BlockChannels * ITile.BlockChannels;
    }

    /// <summary>int32 bias, int32 multiplier and int8 shift of every channel, whole blocks of them.</summary>
    internal static long RequantBytes(Bytes model, int op) => 9 * PaddedChannels(model, op);

    /// <summary>Elements of a run, filled up to whole groups of the operator's tile.</summary>
    internal static long PaddedRun(Bytes model, int op, long elements)
    {
        int group = TileCode.Group(OperatorRecord.Tile(model, op));
        return (elements + group - 1) / group * group;
    }

    /// <summary>Writes weights[channel][run][k] as packed[block][run][group][channel of the block][k of the group], zeros where there is
    /// no channel or no k.</summary>
    internal static void Pack(sbyte* weights, int channels, int runs, int elements, int group, int elementBytes, byte* packed)
    {
        int groupBytes = group * elementBytes, runBytes = (elements + group - 1) / group * groupBytes * ITile.BlockChannels;
        for (int first = 0; first < channels; first += ITile.BlockChannels)
        {
            int count = channels - first < ITile.BlockChannels ? channels - first : ITile.BlockChannels;
            for (int run = 0; run < runs; run++, packed += runBytes)
            {
                if (count < ITile.BlockChannels) Memory.Fill(packed, 0, runBytes, 0);
                for (int c = 0; c < count; c++)
                    PackRun(weights + ((long)(first + c) * runs + run) * elements, elements, group, elementBytes, packed + c * groupBytes);
            }
        }
    }

    /// <summary>Writes a channel's part of a run, groups among those of the other channels.</summary>
    private static void PackRun(sbyte* weights, int elements, int group, int elementBytes, byte* packed)
    {
        int k = 0, step = group * elementBytes * ITile.BlockChannels;
        if (elementBytes == 1 && group == 4)
            for (; k <= elements - 4; k += 4, packed += step) *(int*)packed = *(int*)(weights + k);
        if (elementBytes == 2 && group == 2)
            for (; k <= elements - 2; k += 2, packed += step) *(int*)packed = (weights[k] & 0xFFFF) | weights[k + 1] << 16;
        for (; k < elements; k += group, packed += step)
            for (int i = 0; i < group; i++)
            {
                int w = k + i < elements ? weights[k + i] : 0;
                if (elementBytes == 1) packed[i] = (byte)w;
                else ((short*)packed)[i] = (short)w;
            }
    }

    /// <summary>Writes a requantization block as a lowered operator has it. Channels that only fill the last block have multiplier 0 and
    /// shift −1, so that they don't keep it from <see cref="Requantization.HasFastShifts"/>. Biases lose what the tile's
    /// <see cref="TileCode.Offset"/> adds to the sums: Σ (q + offset)·w = Σ q·w + offset · Σw.</summary>
    /// <param name="weights">The source's weights, in its order: a row for each output channel.</param>
    /// <param name="weightBytes">Bytes of them.</param>
    internal static void PackRequant(Bytes model, int op, byte* block, byte* weights, long weightBytes, byte* packed)
    {
        int offset = TileCode.Offset(OperatorRecord.Tile(model, op));
        int channels = TensorRecord.Channels(model, OperatorRecord.Output(model, op)), padded = (int)PaddedChannels(model, op);
        bool perChannel = OperatorRecord.IsPerChannel(model, op);
        long depth = weightBytes / channels;
        int multipliers = 4 * channels, shifts = multipliers + 4 * (perChannel ? channels : 1);
        for (int c = channels; c < padded; c++) packed[8 * padded + c] = 0xFF;
        for (int c = 0; c < channels; c++)
        {
            int m = perChannel ? c : 0;
            int sum = offset == 0 ? 0 : Sum((sbyte*)weights + c * depth, depth);
            Memory.SetInt32(packed, 4 * c, Memory.Int32(block, 4 * c) - offset * sum);
            Memory.SetInt32(packed, 4 * (padded + c), Memory.Int32(block, multipliers + 4 * m));
            packed[8 * padded + c] = block[shifts + m];
        }
    }

    /// <summary>Writes the biases of a requantization block, for weights in the source's order.</summary>
    internal static void PackBiases(Bytes model, int op, int* biases, sbyte* weights, int depth, int channels, int* packed)
    {
        int offset = TileCode.Offset(OperatorRecord.Tile(model, op));
        for (int c = 0; c < channels; c++) packed[c] = biases[c] - (offset == 0 ? 0 : offset * Sum(weights + (nint)c * depth, depth));
    }

    private static int Sum(sbyte* weights, long count)
    {
        int sum = 0;
        for (long k = 0; k < count; k++) sum += weights[k];
        return sum;
    }

    /// <summary>Multipliers and shifts are in the range that <see cref="Requantize"/> takes.</summary>
    internal static ModelError CheckRequant(Bytes model, int op, ref int where)
    {
        int padded = (int)PaddedChannels(model, op), multipliers = OperatorRecord.Requant(model, op) + 4 * padded;
        return ScaleBlock.Check(model, multipliers, padded, ref where);
    }

    /// <summary>Scratch bytes for <see cref="RunMatrix"/>: the staged rows of a tile, behind them what the last group may read, the
    /// sums.</summary>
    internal static long MatrixScratchBytes(long rows, long depth, int elementBytes) => StagedBytes(rows, depth, elementBytes) + SumBytes;

    /// <summary>Bytes of a tile's staged rows.</summary>
    internal static long StagedBytes(long rows, long depth, int elementBytes) =>
        ((rows < ITile.Rows ? rows : ITile.Rows) * depth * elementBytes + PaddedWindow.Slack + 3) & ~3L;

    /// <summary>Outputs of <paramref name="count"/> contiguous rows of <paramref name="depth"/> activations each, staged a tile at a time:
    /// so they stay in the nearest cache.</summary>
    internal static void RunMatrix<TTile>(
        sbyte* input, int count, int depth, byte* weights, int* bias, in Requantization numbers, byte* scratch, sbyte* output, int channels)
        where TTile : struct, ITile
    {
        int element = TileCode.ElementBytes(TTile.Code), group = TileCode.Group(TTile.Code);
        int* sums = (int*)(scratch + StagedBytes(count, depth, element));
        var runs = new Runs(1, 0, 1, 0, (depth + group - 1) / group);
        byte** rows = stackalloc byte*[ITile.Rows];
        for (; count > 0; count -= ITile.Rows, input += ITile.Rows * depth, output += ITile.Rows * channels)
        {
            int tile = count < ITile.Rows ? count : ITile.Rows;
            TTile.Stage(input, scratch, tile * depth);
            for (int r = 0; r < tile; r++) rows[r] = scratch + (nint)r * depth * element;
            Run<TTile>(rows, tile, runs, weights, bias, numbers, sums, output, channels);
        }
    }

    /// <summary>Outputs of <paramref name="count"/> (at most <see cref="ITile.Rows"/>) rows, all channels.</summary>
    /// <param name="rows">Where each row's first run begins; filled up to whole groups here.</param>
    internal static void Run<TTile>(
        byte** rows, int count, in Runs runs, byte* weights, int* bias, in Requantization numbers, int* sums, sbyte* output, int channels)
        where TTile : struct, ITile
    {
        FillGroup(rows, count);
        long blockBytes = (long)runs.AllGroups * TileCode.Group(TTile.Code) * TileCode.ElementBytes(TTile.Code) * ITile.BlockChannels;
        for (int first = 0; first < channels; first += BlocksAtOnce * ITile.BlockChannels)
        {
            int left = channels - first, blocks = left > ITile.BlockChannels ? BlocksAtOnce : 1;
            TTile.Dot(rows, count, runs, weights, bias + first, left < BlocksAtOnce * ITile.BlockChannels ? left : BlocksAtOnce * ITile.BlockChannels, sums);
            weights += blocks * blockBytes;
            for (int b = 0; b < blocks; b++)
                Finish<TTile>(sums + b * ITile.Rows * ITile.BlockChannels, count, numbers, first + b * ITile.BlockChannels, output, channels);
        }
    }

    /// <summary>Rows that lack to a whole group repeat the last one: computed and not looked at.</summary>
    internal static void FillGroup(byte** rows, int count)
    {
        for (int r = count; r % ITile.RowGroup != 0; r++) rows[r] = rows[count - 1];
    }

    /// <summary>From a block's sums to its outputs.</summary>
    internal static void Finish<TTile>(int* sums, int rows, in Requantization numbers, int first, sbyte* output, int channels)
        where TTile : struct, ITile
    {
        int count = channels - first < ITile.BlockChannels ? channels - first : ITile.BlockChannels;
        if (numbers.HasFastShifts) TTile.Requantize(sums, rows, numbers, first, output + first, channels, count);
        else numbers.Exact(sums, rows, first, output + first, channels, count);
    }
}
