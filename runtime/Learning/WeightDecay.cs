namespace EdgeCnn;

/// <summary>
/// Weight decay of the weights, not of the biases: every <see cref="Interval"/> samples w −= w · (rate · decay · Interval), rounded
/// stochastically like a step of <see cref="IntegerSgd"/>. Once for many samples, because that costs less than a pass over all weights for
/// each, and is the same on average.
/// </summary>
internal static unsafe class WeightDecay
{
    /// <summary>Samples from one time to the next.</summary>
    internal const int Interval = 64;

    /// <summary>Takes its share of all weights that learn.</summary>
    internal static void Apply(Bytes model, Bytes arena)
    {
        int records = LearnFile.Records(model);
        for (int i = 0; i < records; i++)
        {
            int record = LearnFile.Record(model, i), op = ModelFile.Operator(model, LearnRecord.Operator(model, record));
            if (!LearnRecord.Has(model, record, LearnRecord.TrainsWeights)) continue;
            int first = LearnRecord.FirstChannel(model, record), end = first + LearnRecord.Channels(model, record);
            for (int c = first; c < end; c++) Channel(model, op, record, arena, c);
            LearnedWeights.Repack(model, record, arena);
        }
    }

    private static void Channel(Bytes model, int op, int record, Bytes arena, int channel)
    {
        int depth = OperatorTable.Depth(model, op), channels = WeightedRows.OutputChannels(model, op);
        int bits = LearnFile.FractionBits(model), half = (1 << bits) >> 1, change = 0;
        int weight = IntegerSgd.Weight(model, record, channel, depth), fraction = IntegerSgd.Fraction(model, record, channel, depth);
        int factor = LearnFile.Decay(model), shift = LearnFile.DecayShift(model) + LearnState.RateShift(model, arena);
        uint key = Generator.Bits(~IntegerSgd.Key(model, record, arena), (uint)channel);
        for (int k = 0; k < depth; k++)
        {
            // A fraction of a half is the weight itself.
            int master = ((sbyte)arena[weight + k] << bits) + (fraction == 0 ? 0 : arena[fraction + k] - half);
            int step = IntegerSgd.Rounded(-(long)master * factor, shift, IntegerSgd.Bits(key, k));
            if (step != 0) change += IntegerSgd.Move(arena, weight + k, fraction == 0 ? 0 : fraction + k, bits, step);
        }
        if (change != 0) IntegerSgd.MoveBias(model, record, arena, channels, channel, 0, LearnedWeights.FoldedZeroPoint(model, op) * change);
    }
}
