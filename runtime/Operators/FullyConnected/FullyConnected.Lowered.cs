namespace EdgeCnn;

internal static unsafe partial class FullyConnected
{
    internal static long LoweredWeightBytes(Bytes model, int op) => OperatorRecord.IsRowForm(model, op)
        ? WeightBytes(model, op)
        : PackedRows.Product(PackedRows.PaddedChannels(model, op), PackedRows.PaddedRun(model, op, Depth(model, op)) * WeightElementBytes(model, op));

    internal static long LoweredScratchBytes(Bytes model, int op) => OperatorRecord.IsRowForm(model, op) ? RowScratchBytes(model, op) : PackedRows.MatrixScratchBytes(
        Rows(model, OperatorRecord.Output(model, op)), Depth(model, op), TileCode.ElementBytes(OperatorRecord.Tile(model, op)));

    /// <summary>Packs weights as the lowered record <paramref name="op"/> wants them.</summary>
    internal static void Pack(Bytes model, int op, Bytes weights, byte* packed)
    {
        if (OperatorRecord.IsRowForm(model, op))
            Memory.Copy(weights, 0, packed, 0, (int)WeightBytes(model, op));
        else
            PackedRows.Pack(
                (sbyte*)weights, TensorRecord.Channels(model, OperatorRecord.Output(model, op)), 1, Depth(model, op),
                TileCode.Group(OperatorRecord.Tile(model, op)), WeightElementBytes(model, op), packed);
    }

    internal static void RunLowered<TTile>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, ITile
    {
        int output = OperatorRecord.Output(model, op), group = TileCode.Group(TTile.Code);
        int count = Rows(model, output), depth = Depth(model, op), channels = TensorRecord.Channels(model, output);
        var numbers = new Requantization(model, op, requant, requantAt, (int)PackedRows.PaddedChannels(model, op));
        byte* staged = arena + OperatorRecord.Scratch(model, op);
        sbyte* from = (sbyte*)arena + TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op));
        sbyte* to = (sbyte*)arena + TensorRecord.ArenaOffset(model, output);
        if (count > 1)
        {
            PackedRows.RunMatrix<TTile>(from, count, depth, weights + weightsAt, (int*)(bias + biasAt), numbers, staged, to, channels);
            return;
        }
        int* sums = (int*)(staged + PackedRows.StagedBytes(1, depth, TileCode.ElementBytes(TTile.Code)));
        TTile.Stage(from, staged, depth);
        int groups = (depth + group - 1) / group;
        long blockBytes = (long)groups * group * ITile.BlockChannels;
        sbyte* block = (sbyte*)weights + weightsAt;
        for (int first = 0; first < channels; first += ITile.BlockChannels, block += blockBytes)
        {
            TTile.DotOneRow(staged, groups, block, (int*)(bias + biasAt) + first, sums);
            PackedRows.Finish<TTile>(sums, 1, numbers, first, to, channels);
        }
    }

    /// <summary>One row meets each weight once: int8 then, half the bytes to read.</summary>
    private static int WeightElementBytes(Bytes model, int op) =>
        Rows(model, OperatorRecord.Output(model, op)) == 1 ? 1 : TileCode.ElementBytes(OperatorRecord.Tile(model, op));
}
