namespace EdgeCnn;

/// <summary>
/// The weights of an operator that learns, in the arena: int8 weights and their fractions in two planes; per channel the bias as the operator
/// adds it, the exact bias in 1/256 without the fold of the input's zero point, and with velocity an int32 besides. Where only biases learn,
/// the weights stay in the file.
/// </summary>
internal static unsafe class LearnedWeights
{
    /// <summary>Bias steps are in 1/2⁸.</summary>
    internal const int BiasBits = 8, BiasUnit = 1 << BiasBits;

    /// <summary>What holds the operator's weights: the arena or the file.</summary>
    internal static Bytes Bytes(Bytes model, Bytes arena, int record) =>
        LearnRecord.HasPlace(model, record, LearnRecord.WeightsAt) ? arena : model;

    /// <summary>Where in it they are.</summary>
    internal static int Offset(Bytes model, int record) => LearnRecord.HasPlace(model, record, LearnRecord.WeightsAt)
        ? LearnRecord.Place(model, record, LearnRecord.WeightsAt)
        : OperatorRecord.Weights(model, ModelFile.Operator(model, LearnRecord.Operator(model, record)));

    /// <summary>Areas that an operator which learns may have: int8 weights, fractions, biases, velocity.</summary>
    internal const int Planes = 4;

    /// <summary>Where area <paramref name="plane"/> is; meaningless when it has no bytes.</summary>
    internal static int PlaneOffset(Bytes model, int record, int plane) => LearnRecord.Place(model, record, LearnRecord.WeightsAt + 4 * plane);

    /// <summary>Bytes of area <paramref name="plane"/>.</summary>
    internal static int PlaneBytes(Bytes model, int record, int plane)
    {
        int field = LearnRecord.WeightsAt + 4 * plane, op = ModelFile.Operator(model, LearnRecord.Operator(model, record));
        if (!LearnRecord.Has(model, record, LearnRecord.TrainsBiases) || !LearnRecord.HasPlace(model, record, field)) return 0;
        int channels = WeightedRows.OutputChannels(model, op), depth = OperatorTable.Depth(model, op);
        switch (field)
        {
            case LearnRecord.WeightsAt: return channels * depth;
            case LearnRecord.FractionsAt: return LearnRecord.Channels(model, record) * depth;
            case LearnRecord.BiasesAt: return (LearnFile.HasVelocity(model) ? 12 : 8) * channels;
            default: return 4 * LearnRecord.Channels(model, record) * depth;
        }
    }

    /// <summary>The zero point whose product with the sum of a channel's weights is part of the bias in the file.</summary>
    internal static int FoldedZeroPoint(Bytes model, int op) =>
        OperatorRecord.Code(model, op) == SumPool.Code ? 0 : TensorRecord.ZeroPoint(model, OperatorRecord.Input(model, op));

    /// <summary>Adds a step in 1/<see cref="BiasUnit"/> to the exact bias at <paramref name="master"/>, within 32 bits.</summary>
    /// <returns>By how much the bias moved that the operator adds.</returns>
    internal static int MoveBias(Bytes biases, int master, long step)
    {
        int old = Memory.Int32(biases, master);
        long moved = old + step;
        int bias = moved > int.MaxValue ? int.MaxValue : moved < int.MinValue ? int.MinValue : (int)moved;
        Memory.SetInt32(biases, master, bias);
        return (bias >> BiasBits) - (old >> BiasBits);
    }

    /// <summary>Whether an operator reads its weights in another order than they learn in.</summary>
    internal static bool ArePacked(Bytes model, int op) => OperatorRecord.Tile(model, op) != TileCode.Portable && !OperatorRecord.IsRowForm(model, op);

    /// <summary>Gives weights and biases that have changed to an operator that reads them in another order.</summary>
    internal static void Repack(Bytes model, int record, Bytes arena)
    {
        int op = ModelFile.Operator(model, LearnRecord.Operator(model, record));
        if (ArePacked(model, op))
            LoweredTable.Repack(
                model, op, Bytes(model, arena, record), Offset(model, record), arena, LearnRecord.Place(model, record, LearnRecord.BiasesAt));
    }

    /// <summary>Takes weights and biases from the file that <paramref name="source"/> is, fractions in the middle.</summary>
    internal static void Reset(Bytes model, int record, Bytes arena, Bytes source)
    {
        int number = LearnRecord.Operator(model, record), op = ModelFile.Operator(source, number), depth = OperatorTable.Depth(source, op);
        int channels = WeightedRows.OutputChannels(source, op), weights = OperatorRecord.Weights(source, op);
        int half = (1 << LearnFile.FractionBits(model)) >> 1, learning = LearnRecord.Channels(model, record);
        if (LearnRecord.HasPlace(model, record, LearnRecord.WeightsAt))
            Memory.Copy(source, weights, arena, LearnRecord.Place(model, record, LearnRecord.WeightsAt), channels * depth);
        if (LearnRecord.HasPlace(model, record, LearnRecord.FractionsAt))
            Memory.Fill(arena, LearnRecord.Place(model, record, LearnRecord.FractionsAt), learning * depth, (byte)half);
        if (LearnRecord.HasPlace(model, record, LearnRecord.VelocityAt))
            Memory.Fill(arena, LearnRecord.Place(model, record, LearnRecord.VelocityAt), 4 * learning * depth, 0);
        ResetBiases(model, record, arena, source, op, channels, depth);
        Repack(model, record, arena);
    }

    /// <summary>Adds weights, fractions and biases to a hash.</summary>
    internal static ulong Hash(Bytes model, int record, Bytes arena, ulong hash)
    {
        int op = ModelFile.Operator(model, LearnRecord.Operator(model, record)), depth = OperatorTable.Depth(model, op);
        int channels = WeightedRows.OutputChannels(model, op), learning = LearnRecord.Channels(model, record);
        if (LearnRecord.HasPlace(model, record, LearnRecord.WeightsAt))
            hash = Fnv1a.Add(hash, arena, LearnRecord.Place(model, record, LearnRecord.WeightsAt), channels * depth);
        if (LearnRecord.HasPlace(model, record, LearnRecord.FractionsAt))
            hash = Fnv1a.Add(hash, arena, LearnRecord.Place(model, record, LearnRecord.FractionsAt), learning * depth);
        return Fnv1a.Add(hash, arena, LearnRecord.Place(model, record, LearnRecord.BiasesAt), 8 * channels);
    }

    /// <summary>Moves weights and biases by their velocities.</summary>
    internal static void ApplyVelocity(Bytes model, int record, Bytes arena)
    {
        int op = ModelFile.Operator(model, LearnRecord.Operator(model, record)), depth = OperatorTable.Depth(model, op);
        int channels = WeightedRows.OutputChannels(model, op), zeroPoint = FoldedZeroPoint(model, op);
        for (int c = 0; c < channels; c++) IntegerSgd.ApplyVelocity(model, record, arena, channels, c, depth, zeroPoint);
        Repack(model, record, arena);
    }

    private static void ResetBiases(Bytes model, int record, Bytes arena, Bytes source, int op, int channels, int depth)
    {
        int folded = LearnRecord.Place(model, record, LearnRecord.BiasesAt), requant = OperatorRecord.Requant(source, op);
        int weights = OperatorRecord.Weights(source, op), zeroPoint = FoldedZeroPoint(source, op);
        for (int c = 0; c < channels; c++)
        {
            int bias = Memory.Int32(source, requant + 4 * c), sum = 0;
            for (int k = 0; k < depth; k++) sum += (sbyte)source[weights + c * depth + k];
            Memory.SetInt32(arena, folded + 4 * c, bias);
            Memory.SetInt32(arena, folded + 4 * (channels + c), (bias + zeroPoint * sum) * BiasUnit + BiasUnit / 2);
            if (LearnFile.HasVelocity(model)) Memory.SetInt32(arena, folded + 4 * (2 * channels + c), 0);
        }
    }
}
