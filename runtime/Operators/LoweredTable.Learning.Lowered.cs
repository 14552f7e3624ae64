namespace EdgeCnn;

/// <summary>What records that are laid out for a vector tile do when they learn.</summary>
internal static unsafe partial class LoweredTable
{
    /// <summary>Whether there are micro-kernels for learning with <paramref name="tile"/>.</summary>
    internal static bool HasGradients(int tile) => tile is TileCode.Avx2 or TileCode.Avx512 or TileCode.Vnni;

    /// <summary>Whether the operator goes back with its tile, in scratch memory of its own.</summary>
    internal static bool HasLearnForm(Bytes model, int op) =>
        HasGradients(OperatorRecord.Tile(model, op)) && OperatorRecord.Code(model, op) is (Conv2D.Code or FullyConnected.Code or MaxPool.Code);

    /// <summary>Bytes of scratch memory on the way back.</summary>
    internal static long LearnScratchBytes(Bytes model, int op) => OperatorRecord.Code(model, op) switch
    {
        Conv2D.Code => Conv2D.LoweredLearnScratchBytes(model, op),
        FullyConnected.Code => FullyConnected.LearnScratchBytes(model, op),
        _ => 0,
    };

    /// <summary><see cref="OperatorTable.Learn"/> with the operator's tile; false where it has no form for that.</summary>
    internal static bool Learn(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        if (!HasLearnForm(model, op)) return false;
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: Conv2D.LearnLowered<Avx2Gradient>(model, op, record, arena, weights, weightsAt); break;
            case FullyConnected.Code: FullyConnected.LearnLowered<Avx2Gradient>(model, op, record, arena, weights, weightsAt); break;
            case MaxPool.Code: MaxPool.LearnLowered(model, op, record, arena); break;
        }
        return true;
    }

    /// <summary>Lays the weights and biases of an operator out anew, which have changed.</summary>
    internal static void Repack(Bytes model, int op, Bytes weights, int weightsAt, Bytes bias, int biasAt)
    {
        if (OperatorRecord.IsRowForm(model, op)) return;
        Pack(model, op, weights + weightsAt, model + OperatorRecord.Weights(model, op));
        int channels = WeightedRows.OutputChannels(model, op), requant = OperatorRecord.Requant(model, op);
        PackedRows.PackBiases(model, op, (int*)(bias + biasAt), (sbyte*)weights + weightsAt, OperatorTable.Depth(model, op), channels, (int*)(model + requant));
    }

    /// <summary><see cref="IGradientTile.Magnitude"/>; how many of the sums were looked at.</summary>
    internal static int Magnitude(int tile, Bytes arena, int sums, int count, ref int bits)
    {
        if (!HasGradients(tile)) return 0;
        bits |= Avx2Gradient.Magnitude((int*)(arena + sums), count);
        return count;
    }

    /// <summary><see cref="IGradientTile.Narrow"/>; how many of the sums were done.</summary>
    internal static int Narrow(int tile, Bytes arena, int sums, int count, int shift)
    {
        if (!HasGradients(tile)) return 0;
        Avx2Gradient.Narrow((int*)(arena + sums), count, shift);
        return count;
    }

    /// <summary><see cref="IGradientTile.Mask"/>; how many errors were done.</summary>
    internal static int Mask(int tile, Bytes arena, int error, int count, int output, int min, int max)
    {
        if (!HasGradients(tile)) return 0;
        Avx2Gradient.Mask((short*)(arena + error), (sbyte*)arena + output, count, min, max);
        return count;
    }

    /// <summary><see cref="IGradientTile.MoveByProducts"/>; how many weights were done.</summary>
    internal static int MoveByProducts(
        int tile, Bytes arena, int row, int zeroPoint, int factor, int shift, uint key, int weights, int fractions, int count, ref int change)
    {
        if (!HasGradients(tile) || factor != (short)factor || count < IGradientTile.FewestProducts) return 0;
        Avx2Gradient.MoveByProducts((sbyte*)arena + row, zeroPoint, factor, shift, key, (sbyte*)arena + weights, arena + fractions, count, ref change);
        return count & ~1;
    }

    /// <summary><see cref="IGradientTile.MoveBySums"/>; how many weights were done.</summary>
    internal static int MoveBySums(
        int tile, Bytes arena, int sums, int fold, int factor, int shift, uint key, int weights, int fractions, int count, ref int change)
    {
        if (!HasGradients(tile) || shift < 16 || shift > 62) return 0;
        return Avx2Gradient.MoveBySums((int*)(arena + sums), fold, factor, shift, key, (sbyte*)arena + weights, arena + fractions, count, ref change);
    }

    /// <summary><see cref="MaxPool.SaveWinners"/>; false where the tile has no form for it.</summary>
    internal static bool SaveWinners(Bytes model, int op, Bytes arena, int to)
    {
        if (!HasGradients(OperatorRecord.Tile(model, op))) return false;
        MaxPool.SaveLoweredWinners(model, op, arena, to);
        return true;
    }
}
