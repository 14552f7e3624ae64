namespace EdgeCnn;

/// <summary>Every rule of a delta, in bounded time and before anything is changed: the only thing that stands between a file from anywhere
/// and <see cref="Delta"/>.</summary>
public static unsafe class DeltaCheck
{
    /// <summary>Checks a delta for a model that has passed <see cref="ModelCheck.Verify"/>.</summary>
    /// <param name="model">The model, lowered or not.</param>
    /// <param name="delta">The bytes, at a multiple of 4.</param>
    /// <param name="length">How many there are; none outside them is read.</param>
    /// <param name="where">Byte offset of the fault.</param>
    public static DeltaError Verify(Bytes model, Bytes delta, int length, ref int where)
    {
        where = 0;
        if (length < DeltaFile.HeaderBytes) return Fail(DeltaError.Truncated, length < 0 ? 0 : length, ref where);
        if (Memory.Int32(delta, DeltaFile.MagicAt) != DeltaFile.Magic) return Fail(DeltaError.WrongMagic, DeltaFile.MagicAt, ref where);
        if (Memory.UInt16(delta, DeltaFile.VersionAt) != DeltaFile.Version)
            return Fail(DeltaError.UnknownVersion, DeltaFile.VersionAt, ref where);
        int bytes = Memory.Int32(delta, DeltaFile.FileBytesAt);
        if (bytes < DeltaFile.HeaderBytes) return Fail(DeltaError.Corrupt, DeltaFile.FileBytesAt, ref where);
        if (bytes > length) return Fail(DeltaError.Truncated, length, ref where);
        if ((int)DeltaFile.Crc(delta, bytes) != Memory.Int32(delta, DeltaFile.CrcAt)) return Fail(DeltaError.Corrupt, DeltaFile.CrcAt, ref where);
        for (int i = 0; i < DeltaFile.IdBytes; i++)
            if (delta[DeltaFile.ModelIdAt + i] != model[ModelFile.ModelIdAt + i])
                return Fail(DeltaError.OtherModel, DeltaFile.ModelIdAt, ref where);
        return LearnFile.Exists(model) ? Parts(model, delta, bytes, ref where) : Fail(DeltaError.OtherModel, DeltaFile.ModelIdAt, ref where);
    }

    /// <summary>One part for each operator that learns, in the order of the LEARN section, up to the end of the file.</summary>
    private static DeltaError Parts(Bytes model, Bytes delta, int length, ref int where)
    {
        if (Memory.UInt16(delta, DeltaFile.PartsAt) != DeltaFile.Parts(model)) return Fail(DeltaError.BadPart, DeltaFile.PartsAt, ref where);
        int at = DeltaFile.HeaderBytes, records = LearnFile.Records(model);
        for (int i = 0; i < records; i++)
        {
            int record = LearnFile.Record(model, i);
            if (!LearnRecord.Has(model, record, LearnRecord.TrainsBiases)) continue;
            if (length - at < DeltaFile.PartBytes) return Fail(DeltaError.BadPart, at, ref where);
            int code = at + DeltaFile.PartBytes, bytes = Memory.Int32(delta, at + DeltaFile.CodeBytesAt);
            bool isNext = Memory.UInt16(delta, at + DeltaFile.OperatorAt) == LearnRecord.Operator(model, record)
                && Memory.UInt16(delta, at + DeltaFile.PartReservedAt) == 0;
            if (!isNext || bytes < 0 || bytes > length - code || ((bytes + 3) & ~3) > length - code) return Fail(DeltaError.BadPart, at, ref where);
            DeltaError error = Code(model, record, delta, code, code + bytes, ref where);
            if (error != DeltaError.None) return error;
            at = Delta.End(delta, at);
        }
        return at == length ? DeltaError.None : Fail(DeltaError.BadPart, at, ref where);
    }

    /// <summary>The code has as many numbers as the operator takes, and ends with the last.</summary>
    private static DeltaError Code(Bytes model, int record, Bytes delta, int at, int end, ref int where)
    {
        int op = ModelFile.Operator(model, LearnRecord.Operator(model, record));
        int channels = WeightedRows.OutputChannels(model, op), depth = OperatorTable.Depth(model, op);
        long left = channels;
        if (LearnRecord.Has(model, record, LearnRecord.TrainsWeights)) left += (long)LearnRecord.Channels(model, record) * depth;
        while (left > 0)
        {
            if (!DeltaCode.HasGroups(delta, at, end)) return Fail(DeltaError.BadPart, at, ref where);
            left--;
            if (DeltaCode.TakeGroups(delta, ref at) != 0) continue;
            if (!DeltaCode.HasGroups(delta, at, end)) return Fail(DeltaError.BadPart, at, ref where);
            uint more = DeltaCode.TakeGroups(delta, ref at);
            if (more > left) return Fail(DeltaError.BadPart, at, ref where);
            left -= more;
        }
        return at == end ? DeltaError.None : Fail(DeltaError.BadPart, at, ref where);
    }

    private static DeltaError Fail(DeltaError error, int offset, ref int where)
    {
        where = offset;
        return error;
    }
}
