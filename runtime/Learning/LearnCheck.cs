namespace EdgeCnn;

/// <summary>Rules of the LEARN section's header and of the tensors that are saved; those of its records are <see cref="LearnRecordCheck"/>.</summary>
internal static unsafe class LearnCheck
{
    /// <summary>The most records: several hundred layers, and the time of the check stays bounded.</summary>
    private const int MaxRecords = 1024;

    internal static ModelError All(Bytes model, ref int where)
    {
        int entry = ModelFile.Find(model, SectionType.Learn);
        if (entry == 0)
            return ModelFile.LearningBytes(model) == 0 ? ModelError.None : ModelCheck.Fail(ModelError.BadLearn, ModelFile.LearningBytesAt, ref where);
        int size = ModelFile.SectionBytes(model, SectionType.Learn), sizeAt = entry + ModelFile.SectionBytesAt;
        if (ModelFile.LearningBytes(model) < 0 || ModelFile.LearningBytes(model) > int.MaxValue - ModelFile.ArenaBytes(model))
            return ModelCheck.Fail(ModelError.BadLearn, ModelFile.LearningBytesAt, ref where);
        if (size < LearnFile.HeaderBytes) return ModelCheck.Fail(ModelError.BadLearn, sizeAt, ref where);
        int records = LearnFile.Records(model), saves = LearnFile.Saves(model), section = LearnFile.Section(model);
        if (records == 0 || records > MaxRecords) return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.RecordsAt, ref where);
        if (saves > ModelFile.MaxTensors) return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.SavesAt, ref where);
        if (LearnFile.HeaderBytes + records * LearnRecord.Bytes + saves * LearnFile.SaveBytes > size)
            return ModelCheck.Fail(ModelError.BadLearn, sizeAt, ref where);
        int end = 0;
        ModelError error = Header(model, section, ref end, ref where);
        for (int i = 0; i < records && error == ModelError.None; i++)
            error = LearnRecordCheck.One(model, LearnFile.Record(model, i), i, ref end, ref where);
        for (int i = 0; i < saves && error == ModelError.None; i++) error = Save(model, LearnFile.Save(model, i), ref end, ref where);
        if (error != ModelError.None) return error;
        return end == ModelFile.ArenaBytes(model) + ModelFile.LearningBytes(model)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadLearn, ModelFile.LearningBytesAt, ref where);
    }

    /// <summary>The area that the field at <paramref name="field"/> names lies in the arena; one that outlives a sample lies behind
    /// what that uses.</summary>
    internal static ModelError Area(Bytes model, int field, long bytes, bool lasts, ref int end, ref int where)
    {
        long offset = Memory.Int32(model, field), start = LearnFile.Base(model) + offset;
        long limit = (long)ModelFile.ArenaBytes(model) + ModelFile.LearningBytes(model);
        if (offset < 0 || (offset & 3) != 0 || start + bytes > limit || (lasts && start < ModelFile.ArenaBytes(model)))
            return ModelCheck.Fail(ModelError.BadLearn, field, ref where);
        if (start + bytes > end) end = (int)(start + bytes);
        return ModelError.None;
    }

    private static ModelError Header(Bytes model, int section, ref int end, ref int where)
    {
        int loss = model[section + LearnFile.LossAt], tensor = Memory.UInt16(model, section + LearnFile.LossTensorAt);
        if (loss != LearnFile.CrossEntropy && loss != LearnFile.SquaredError)
            return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.LossAt, ref where);
        if (LearnFile.FractionBits(model) > LearnFile.MaxFractionBits)
            return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.FractionBitsAt, ref where);
        if (tensor >= ModelFile.TensorCount(model) || SavedTensors.Producer(model, tensor) < 0
            || TensorRecord.Type(model, ModelFile.Tensor(model, tensor)) != ElementType.Int8)
            return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.LossTensorAt, ref where);
        if (LearnFile.Base(model) < 0) return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.BaseAt, ref where);
        if (LearnFile.Momentum(model) > 0x7FFF) return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.MomentumAt, ref where);
        if (LearnFile.Decay(model) > 0x7FFF) return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.DecayAt, ref where);
        if (LearnFile.DecayShift(model) > 127)
            return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.DecayShiftAt, ref where);
        if (LearnFile.Batch(model) == 0) return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.BatchAt, ref where);
        int elements = TensorRecord.Elements(model, ModelFile.Tensor(model, tensor));
        if (elements > Softmax.MaxChannels) return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.LossTensorAt, ref where);
        ModelError error = LossFields(model, section, loss, ref where);
        if (error == ModelError.None) error = Area(model, section + LearnFile.StateAt, LearnState.Bytes, true, ref end, ref where);
        if (error == ModelError.None) error = Area(model, section + LearnFile.TargetAt, 2 * elements, true, ref end, ref where);
        return error == ModelError.None
            ? Area(model, section + LearnFile.LossErrorAt, ErrorTensor.HeaderBytes + 4 * elements, false, ref end, ref where)
            : error;
    }

    private static ModelError LossFields(Bytes model, int section, int loss, ref int where)
    {
        int multiplier = Memory.Int32(model, section + LearnFile.LossMultiplierAt), shift = Memory.Int32(model, section + LearnFile.LossShiftAt);
        int limit = loss == LearnFile.CrossEntropy ? int.MaxValue : 1 << 14;
        if (multiplier < 0 || multiplier > limit) return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.LossMultiplierAt, ref where);
        bool shiftFits = loss == LearnFile.CrossEntropy ? shift >= 0 && shift <= Requantize.MaxShift : shift >= -256 && shift <= 256;
        if (!shiftFits) return ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.LossShiftAt, ref where);
        return Memory.Int32(model, section + LearnFile.LossMinDifferenceAt) <= 0
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadLearn, section + LearnFile.LossMinDifferenceAt, ref where);
    }

    private static ModelError Save(Bytes model, int save, ref int end, ref int where)
    {
        int tensor = Memory.UInt16(model, save + LearnFile.SavedTensorAt), kind = Memory.UInt16(model, save + LearnFile.SavedKindAt);
        if (tensor >= ModelFile.TensorCount(model) || TensorRecord.Type(model, ModelFile.Tensor(model, tensor)) != ElementType.Int8)
            return ModelCheck.Fail(ModelError.BadLearn, save + LearnFile.SavedTensorAt, ref where);
        bool isPool = SavedTensors.Producer(model, tensor) >= 0
            && OperatorRecord.Code(model, ModelFile.Operator(model, SavedTensors.Producer(model, tensor))) == MaxPool.Code;
        if (kind != LearnFile.SavesBytes && !(kind == LearnFile.SavesWinners && isPool))
            return ModelCheck.Fail(ModelError.BadLearn, save + LearnFile.SavedKindAt, ref where);
        int bytes = TensorRecord.Elements(model, ModelFile.Tensor(model, tensor));
        return Area(model, save + LearnFile.SavedPlaceAt, bytes, false, ref end, ref where);
    }
}
