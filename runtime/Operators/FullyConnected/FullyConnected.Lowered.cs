namespace EdgeCnn;

internal static unsafe partial class FullyConnected
{
    internal static long LoweredWeightBytes(Bytes model, int op) =>
        PackedRows.Product(PackedRows.PaddedChannels(model, op), PackedRows.PaddedRun(model, op, Depth(model, op)) * WeightElementBytes(model, op));

    /// <summary>The staged rows and the sums of a tile.</summary>
    internal static long LoweredScratchBytes(Bytes model, int op)
    {
        long elements = TensorRecord.Elements(model, OperatorRecord.Input(model, op));
        return ((elements * TileCode.ElementBytes(OperatorRecord.Tile(model, op)) + PaddedWindow.Slack + 3) & ~3L) + PackedRows.SumBytes;
    }

    /// <summary>Packs weights as the lowered record <paramref name="op"/> wants them.</summary>
    internal static void Pack(Bytes model, int op, Bytes weights, byte* packed) =>
        PackedRows.Pack(
            (sbyte*)weights, TensorRecord.Channels(model, OperatorRecord.Output(model, op)), 1, Depth(model, op),
            TileCode.Group(OperatorRecord.Tile(model, op)), WeightElementBytes(model, op), packed);

    internal static void RunLowered<TTile>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, ITile
    {
        int output = OperatorRecord.Output(model, op), element = TileCode.ElementBytes(TTile.Code), group = TileCode.Group(TTile.Code);
        int count = Rows(model, output), depth = Depth(model, op), channels = TensorRecord.Channels(model, output);
        var numbers = new Requantization(model, op, requant, requantAt, (int)PackedRows.PaddedChannels(model, op));
        byte* staged = arena + OperatorRecord.Scratch(model, op);
        int* sums = (int*)(staged + ((count * depth * element + PaddedWindow.Slack + 3) & ~3));
        sbyte* to = (sbyte*)arena + TensorRecord.ArenaOffset(model, output);
        TTile.Stage((sbyte*)arena + TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op)), staged, count * depth);
        int groups = (depth + group - 1) / group;
        if (count == 1)
        {
            long blockBytes = (long)groups * group * ITile.BlockChannels;
            sbyte* block = (sbyte*)weights + weightsAt;
            for (int first = 0; first < channels; first += ITile.BlockChannels, block += blockBytes)
            {
                TTile.DotOneRow(staged, groups, block, (int*)(bias + biasAt) + first, sums);
                PackedRows.Finish<TTile>(sums, 1, numbers, first, to, channels);
            }
            return;
        }
        var runs = new Runs(1, 0, 1, 0, groups);
        byte** rows = stackalloc byte*[ITile.Rows];
        for (int first = 0; first < count; first += ITile.Rows)
        {
            int tile = count - first < ITile.Rows ? count - first : ITile.Rows;
            for (int r = 0; r < tile; r++) rows[r] = staged + (nint)(first + r) * depth * element;
            PackedRows.Run<TTile>(rows, tile, runs, weights + weightsAt, (int*)(bias + biasAt), numbers, sums, to + first * channels, channels);
        }
    }

    /// <summary>One row meets each weight once: int8 then, half the bytes to read.</summary>
    private static int WeightElementBytes(Bytes model, int op) =>
        Rows(model, OperatorRecord.Output(model, op)) == 1 ? 1 : TileCode.ElementBytes(OperatorRecord.Tile(model, op));
}
