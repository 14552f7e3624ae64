namespace EdgeCnn;

/// <summary>The form whose weights are rows as in the file, so that learning moves them where they are.</summary>
internal static unsafe partial class FullyConnected
{
    /// <summary>Whether the operator can be laid out like that.</summary>
    internal static bool FitsRowForm(Bytes model, int op) =>
        OperatorRecord.Code(model, op) == Code && LoweredTable.HasGradients(OperatorRecord.Tile(model, op));

    /// <summary>A row of activations as int16, and the sums of a block.</summary>
    private static long RowScratchBytes(Bytes model, int op) => RowBytes(Depth(model, op)) + 4 * ITile.BlockChannels;

    private static long RowBytes(int depth) => (2L * depth + 3) & ~3L;

    internal static void RunRows<TTile, TGradient>(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
        where TTile : struct, ITile
        where TGradient : struct, IGradientTile
    {
        int output = OperatorRecord.Output(model, op), depth = Depth(model, op), channels = TensorRecord.Channels(model, output);
        var numbers = new Requantization(model, op, requant, requantAt, (int)PackedRows.PaddedChannels(model, op));
        byte* row = arena + OperatorRecord.Scratch(model, op);
        int* sums = (int*)(row + RowBytes(depth));
        sbyte* from = (sbyte*)arena + TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op));
        sbyte* to = (sbyte*)arena + TensorRecord.ArenaOffset(model, output);
        for (int r = Rows(model, output); r > 0; r--, from += depth, to += channels)
        {
            TTile.Stage(from, row, depth);
            sbyte* block = (sbyte*)weights + weightsAt;
            for (int first = 0; first < channels; first += ITile.BlockChannels, block += (nint)ITile.BlockChannels * depth)
            {
                int count = channels - first < ITile.BlockChannels ? channels - first : ITile.BlockChannels;
                TGradient.Dot((short*)row, depth, block, (int*)(bias + biasAt) + first, count, sums);
                PackedRows.Finish<TTile>(sums, 1, numbers, first, to, channels);
            }
        }
    }
}
