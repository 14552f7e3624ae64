namespace EdgeCnn;

/// <summary>
/// What a model has learned as a small checked file (DELTA.md): the differences of the int8 weights and of the biases to those of the model
/// file, in that file's order. Deltas add up: what several of them say is applied one after the other. The model file stays as it is; a
/// delta is taken back by deleting it, <see cref="Learner.Reset(Bytes, Bytes)"/>, and applying the others anew.
/// </summary>
public static unsafe class Delta
{
    /// <summary>
    /// Writes what was learned since <see cref="Learner.Reset(Bytes, Bytes)"/>.
    /// </summary>
    /// <param name="source">The model file as it is kept, whose weights the differences are to.</param>
    /// <param name="model">The model that learned: the same, or what it was lowered to.</param>
    /// <param name="arena">Its arena.</param>
    /// <param name="delta">Where the delta goes, at a multiple of 4.</param>
    /// <param name="capacity">Bytes there.</param>
    /// <returns>Bytes of the delta. When they are more than <paramref name="capacity"/>, there is no delta: give so many.</returns>
    public static int Write(Bytes source, Bytes model, Bytes arena, Bytes delta, int capacity)
    {
        int at = DeltaFile.HeaderBytes, records = LearnFile.Records(model);
        for (int i = 0; i < records; i++)
        {
            int record = LearnFile.Record(model, i);
            if (LearnRecord.Has(model, record, LearnRecord.TrainsBiases)) at = WritePart(source, model, arena, record, delta, at, capacity);
        }
        if (at > capacity) return at;
        Memory.SetInt32(delta, DeltaFile.MagicAt, DeltaFile.Magic);
        Memory.SetInt16(delta, DeltaFile.VersionAt, DeltaFile.Version);
        Memory.SetInt16(delta, DeltaFile.PartsAt, DeltaFile.Parts(model));
        Memory.SetInt32(delta, DeltaFile.FileBytesAt, at);
        Memory.Copy(source, ModelFile.ModelIdAt, delta, DeltaFile.ModelIdAt, DeltaFile.IdBytes);
        Memory.SetInt32(delta, DeltaFile.CrcAt, (int)DeltaFile.Crc(delta, at));
        return at;
    }

    /// <summary>Adds a delta to the weights and biases in the arena of a model that learns; they stay within their ranges. The delta has
    /// passed <see cref="DeltaCheck.Verify"/>.</summary>
    public static void Apply(Bytes model, Bytes arena, Bytes delta)
    {
        int at = DeltaFile.HeaderBytes, parts = Memory.UInt16(delta, DeltaFile.PartsAt);
        for (; parts > 0; parts--, at = End(delta, at))
        {
            int record = LearnFile.Trained(model, Memory.UInt16(delta, at + DeltaFile.OperatorAt));
            Apply(
                model, record, arena, LearnedWeights.Offset(model, record), arena, LearnRecord.Place(model, record, LearnRecord.BiasesAt),
                true, delta, at + DeltaFile.PartBytes);
            LearnedWeights.Repack(model, record, arena);
        }
    }

    /// <summary>Adds a delta to the weights and biases of the model file itself, which is a copy in memory: it runs like any other model
    /// then, and its CRCs are no longer right. The delta has passed <see cref="DeltaCheck.Verify"/>.</summary>
    public static void Merge(Bytes model, Bytes delta)
    {
        int at = DeltaFile.HeaderBytes, parts = Memory.UInt16(delta, DeltaFile.PartsAt);
        for (; parts > 0; parts--, at = End(delta, at))
        {
            int number = Memory.UInt16(delta, at + DeltaFile.OperatorAt), op = ModelFile.Operator(model, number);
            Apply(
                model, LearnFile.Trained(model, number), model, OperatorRecord.Weights(model, op), model, OperatorRecord.Requant(model, op),
                false, delta, at + DeltaFile.PartBytes);
        }
    }

    /// <summary>End of the part at <paramref name="at"/>.</summary>
    internal static int End(Bytes delta, int at) => at + DeltaFile.PartBytes + ((Memory.Int32(delta, at + DeltaFile.CodeBytesAt) + 3) & ~3);

    private static int WritePart(Bytes source, Bytes model, Bytes arena, int record, Bytes delta, int start, int capacity)
    {
        int number = LearnRecord.Operator(model, record), op = ModelFile.Operator(source, number);
        int channels = WeightedRows.OutputChannels(source, op), depth = OperatorTable.Depth(source, op);
        int zeroPoint = LearnedWeights.FoldedZeroPoint(source, op), weights = LearnedWeights.Offset(model, record);
        int biases = LearnRecord.Place(model, record, LearnRecord.BiasesAt), at = start + DeltaFile.PartBytes, zeros = 0;
        for (int c = 0; c < channels; c++)
        {
            int bias = Memory.Int32(arena, biases + 4 * c) - Memory.Int32(source, OperatorRecord.Requant(source, op) + 4 * c);
            if (DeltaFile.HasWeights(model, record, c))
                for (int k = c * depth; k < (c + 1) * depth; k++)
                {
                    int difference = (sbyte)arena[weights + k] - (sbyte)source[OperatorRecord.Weights(source, op) + k];
                    bias += zeroPoint * difference;
                    at = DeltaCode.Put(delta, at, capacity, ref zeros, difference);
                }
            at = DeltaCode.Put(delta, at, capacity, ref zeros, bias);
        }
        at = DeltaCode.PutZeros(delta, at, capacity, ref zeros);
        int end = (at + 3) & ~3;
        if (end > capacity) return end;
        Memory.SetInt16(delta, start + DeltaFile.OperatorAt, number);
        Memory.SetInt16(delta, start + DeltaFile.PartReservedAt, 0);
        Memory.SetInt32(delta, start + DeltaFile.CodeBytesAt, at - start - DeltaFile.PartBytes);
        Memory.Fill(delta, at, end - at, 0);
        return end;
    }

    /// <summary>Adds a part to weights and to biases with the input's zero point folded in; behind those, where there are any, come the
    /// exact ones (<see cref="LearnedWeights"/>).</summary>
    private static void Apply(
        Bytes model, int record, Bytes weights, int weightsAt, Bytes biases, int biasesAt, bool exact, Bytes delta, int code)
    {
        int op = ModelFile.Operator(model, LearnRecord.Operator(model, record)), zeros = 0;
        int channels = WeightedRows.OutputChannels(model, op), depth = OperatorTable.Depth(model, op);
        int zeroPoint = LearnedWeights.FoldedZeroPoint(model, op);
        for (int c = 0; c < channels; c++)
        {
            int change = 0;
            if (DeltaFile.HasWeights(model, record, c))
                for (int k = weightsAt + c * depth; k < weightsAt + (c + 1) * depth; k++)
                {
                    // The difference is held to its range first, so that the sum cannot wrap.
                    int difference = Requantize.Clamp(DeltaCode.Take(delta, ref code, ref zeros), -255, 255);
                    int old = (sbyte)weights[k], sum = Requantize.Clamp(old + difference, -128, 127);
                    weights[k] = (byte)sum;
                    change += sum - old;
                }
            int step = DeltaCode.Take(delta, ref code, ref zeros), folded = biasesAt + 4 * c;
            if (exact) step = LearnedWeights.MoveBias(biases, folded + 4 * channels, (long)step * LearnedWeights.BiasUnit);
            long bias = (long)Memory.Int32(biases, folded) + step - (long)zeroPoint * change;
            Memory.SetInt32(biases, folded, Saturated(bias));
        }
    }

    private static int Saturated(long value) => value > int.MaxValue ? int.MaxValue : value < int.MinValue ? int.MinValue : (int)value;
}
