namespace EdgeCnn;

/// <summary>
/// What convolution and fully connected layers share: rows of activations times rows of weights, and the way from sums to outputs.
/// output[r, c] = clamp(zeroPoint + requantize(bias[c] + Σₖ rows[r, k] · weights[c, k])); the bias holds −inputZeroPoint · Σₖ weights[c, k]
/// already.
/// </summary>
internal static unsafe class WeightedRows
{
    /// <summary>Bytes of the operator's requantization block: int32 bias[channels], int32 multiplier[m], int8 shift[m], padded to
    /// 4.</summary>
    internal static int RequantBytes(Bytes model, int op) =>
        (4 * OutputChannels(model, op) + 5 * Multipliers(model, op) + 3) & ~3;

    /// <summary>Scratch bytes for <paramref name="rows"/> output rows: the sums of one tile.</summary>
    internal static int SumBytes(Bytes model, int op, int rows)
    {
        int channels = OutputChannels(model, op);
        return 4 * (rows < Tile.Rows ? rows : Tile.Rows) * (channels < Tile.Channels ? channels : Tile.Channels);
    }

    /// <summary>Scratch bytes for the windows of an operator: the sums of one tile, and the patches under its windows.</summary>
    /// <param name="depth">Elements of a patch.</param>
    internal static long PatchedBytes(Bytes model, int op, long depth)
    {
        int positions = Window.Positions(model, op);
        return SumBytes(model, op, positions) + depth * (positions < Tile.Rows ? positions : Tile.Rows);
    }

    /// <summary>Multipliers and shifts are in the range that <see cref="Requantize"/> takes.</summary>
    internal static ModelError CheckRequant(Bytes model, int op, ref int where) =>
        ScaleBlock.Check(model, OperatorRecord.Requant(model, op) + 4 * OutputChannels(model, op), Multipliers(model, op), ref where);

    /// <summary>Arena offset of rows of activations: where they lie, or where they are copied to from under their windows.</summary>
    internal static int Fetch(Bytes model, int op, Bytes arena, int rowsAt, int row, int rows, int depth, int first, int inputs)
    {
        if (inputs == 0) return rowsAt + row * depth;
        int images = TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op));
        Patch.Gather(model, op, arena, images, row, rows, first, inputs, rowsAt);
        return rowsAt;
    }

    internal static int OutputChannels(Bytes model, int op) => TensorRecord.Channels(model, OperatorRecord.Output(model, op));

    internal static int Multipliers(Bytes model, int op) => OperatorRecord.IsPerChannel(model, op) ? OutputChannels(model, op) : 1;
}
