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

    /// <summary>Multipliers and shifts are in the range that <see cref="Requantize"/> takes.</summary>
    internal static ModelError CheckRequant(Bytes model, int op, ref int where) =>
        ScaleBlock.Check(model, OperatorRecord.Requant(model, op) + 4 * OutputChannels(model, op), Multipliers(model, op), ref where);

    /// <summary>Computes <paramref name="rowCount"/> (at most <see cref="Tile.Rows"/>) output rows of all channels.</summary>
    /// <param name="rowsAt">Arena offset of the first row; row r starts <paramref name="rowStride"/> · r bytes later.</param>
    /// <param name="depth">Elements of a row: the length of the sums.</param>
    /// <param name="outputAt">Arena offset of the first output row; rows of channels follow each other.</param>
    internal static void Run(
        Bytes model, int op, Bytes arena, int rowsAt, int rowStride, int rowCount, int depth, int outputAt,
        Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt) =>
        Run(
            model, op, arena, rowsAt, rowStride, rowCount, depth, outputAt, 0, OutputChannels(model, op),
            weights, weightsAt, bias, biasAt, requant, requantAt);

    /// <summary>Computes the output channels from <paramref name="begin"/> on, <paramref name="length"/> of them.</summary>
    internal static void Run(
        Bytes model, int op, Bytes arena, int rowsAt, int rowStride, int rowCount, int depth, int outputAt, int begin, int length,
        Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int channels = OutputChannels(model, op), end = begin + length, sums = OperatorRecord.Scratch(model, op);
        int step = OperatorRecord.IsPerChannel(model, op) ? 1 : 0, shifts = requantAt + 4 * Multipliers(model, op);
        int zeroPoint = TensorRecord.ZeroPoint(model, OperatorRecord.Output(model, op));
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op);
        if (RowTile.Takes(rowCount, length, depth))
        {
            RowTile.Run(
                arena, rowsAt, rowCount, depth, weights, weightsAt + begin * depth, length, bias, biasAt + 4 * begin,
                requant, requantAt + 4 * begin * step, shifts + begin * step, step, zeroPoint, min, max, arena, outputAt + begin, channels);
            return;
        }
        for (int first = begin; first < end; first += Tile.Channels)
        {
            int count = end - first < Tile.Channels ? end - first : Tile.Channels;
            Tile.Dot(arena, rowsAt, rowStride, rowCount, weights, weightsAt + first * depth, count, depth, arena, sums);
            for (int r = 0; r < rowCount; r++)
                Tile.Requantize(
                    arena, sums + 4 * r * count, count, bias, biasAt + 4 * first, requant, requantAt + 4 * first * step, shifts + first * step, step,
                    zeroPoint, min, max, arena, outputAt + r * channels + first);
        }
    }

    internal static int OutputChannels(Bytes model, int op) => TensorRecord.Channels(model, OperatorRecord.Output(model, op));

    internal static int Multipliers(Bytes model, int op) => OperatorRecord.IsPerChannel(model, op) ? OutputChannels(model, op) : 1;
}
