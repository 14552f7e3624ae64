namespace EdgeCnn;

/// <summary>Rules of the IO section.</summary>
internal static unsafe class IOCheck
{
    /// <summary>Bound on a preprocessing factor and its addend: 255 · 2²² + 2²⁹ stays below 2³¹.</summary>
    internal const int MaxMultiplier = 1 << 22, MaxAddend = 1 << 29;

    internal static ModelError All(Bytes model, ref int where)
    {
        int section = ModelFile.SectionOffset(model, SectionType.IO), bytes = ModelFile.SectionBytes(model, SectionType.IO);
        int inputs = IORecord.InputCount(model), count = inputs + IORecord.OutputCount(model);
        if (inputs != ModelFile.TensorCount(model) - ModelFile.OperatorCount(model) || count == inputs
            || count > IORecord.MaxEntries || count > (bytes - IORecord.HeaderBytes) / IORecord.Bytes)
            return ModelCheck.Fail(ModelError.BadIO, section, ref where);
        for (int i = 0; i < count; i++)
        {
            ModelError error = Entry(model, i, section, bytes, ref where);
            if (error != ModelError.None) return error;
        }
        return ModelError.None;
    }

    private static ModelError Entry(Bytes model, int index, int section, int bytes, ref int where)
    {
        int entry = IORecord.Entry(model, index), inputs = IORecord.InputCount(model);
        bool isInput = index < inputs;
        int tensor = IORecord.TensorIndex(model, index);
        if (isInput ? tensor != index : tensor < inputs || tensor >= ModelFile.TensorCount(model))
            return ModelCheck.Fail(ModelError.BadIO, entry + IORecord.TensorAt, ref where);
        if (model[entry + IORecord.DirectionAt] != (isInput ? 0 : 1))
            return ModelCheck.Fail(ModelError.BadIO, entry + IORecord.DirectionAt, ref where);
        if (model[entry + IORecord.ChannelOrderAt] > ChannelOrder.Last)
            return ModelCheck.Fail(ModelError.BadIO, entry + IORecord.ChannelOrderAt, ref where);
        if (!AreStrings(model, section, bytes, Memory.Int32(model, entry + IORecord.NameAt), 1))
            return ModelCheck.Fail(ModelError.BadIO, entry + IORecord.NameAt, ref where);
        int labels = Memory.UInt16(model, entry + IORecord.LabelCountAt);
        if (!AreStrings(model, section, bytes, Memory.Int32(model, entry + IORecord.LabelsAt), labels))
            return ModelCheck.Fail(ModelError.BadIO, entry + IORecord.LabelsAt, ref where);
        ModelError error = Preprocessing(model, entry, ModelFile.Tensor(model, tensor), section, bytes, ref where);
        return error != ModelError.None ? error : Sound(model, entry, ModelFile.Tensor(model, tensor), section, bytes, ref where);
    }

    /// <summary><paramref name="count"/> strings, one after the other, lie inside the section.</summary>
    private static bool AreStrings(Bytes model, int section, int bytes, int position, int count)
    {
        if (position < 0) return false;
        for (; count > 0; count--)
        {
            if (position >= bytes) return false;
            position += 1 + model[section + position];
        }
        return position <= bytes;
    }

    private static ModelError Preprocessing(Bytes model, int entry, int tensor, int section, int bytes, ref int where)
    {
        int channels = model[entry + IORecord.ChannelsAt], position = Memory.Int32(model, entry + IORecord.PixelsAt);
        if (channels == 0)
            return position == 0 && model[entry + IORecord.PixelShiftAt] == 0
                ? ModelError.None
                : ModelCheck.Fail(ModelError.BadIO, entry + IORecord.PixelsAt, ref where);
        if (channels != TensorRecord.Channels(model, tensor) || TensorRecord.Type(model, tensor) != ElementType.Int8)
            return ModelCheck.Fail(ModelError.BadIO, entry + IORecord.ChannelsAt, ref where);
        if (model[entry + IORecord.PixelShiftAt] > 30)
            return ModelCheck.Fail(ModelError.BadIO, entry + IORecord.PixelShiftAt, ref where);
        if (position < 0 || position % 4 != 0 || position > bytes || bytes - position < 8 * channels)
            return ModelCheck.Fail(ModelError.BadIO, entry + IORecord.PixelsAt, ref where);
        for (int c = 0; c < channels; c++)
        {
            int at = section + position + 4 * c;
            if (!IsWithin(Memory.Int32(model, at), MaxMultiplier)) return ModelCheck.Fail(ModelError.BadIO, at, ref where);
            at += 4 * channels;
            if (!IsWithin(Memory.Int32(model, at), MaxAddend)) return ModelCheck.Fail(ModelError.BadIO, at, ref where);
        }
        return ModelError.None;
    }

    /// <summary>Sound becomes gray pixels, as many as the tensor has elements.</summary>
    private static ModelError Sound(Bytes model, int entry, int tensor, int section, int bytes, ref int where)
    {
        int position = Memory.Int32(model, entry + IORecord.SoundAt);
        if (position == 0) return ModelError.None;
        if (model[entry + IORecord.ChannelsAt] != 1 || position < 0 || position % 4 != 0 || position > bytes)
            return ModelCheck.Fail(ModelError.BadIO, entry + IORecord.SoundAt, ref where);
        int fault = LogMelCheck.Fault(model, section + position, bytes - position, TensorRecord.Elements(model, tensor));
        return fault < 0 ? ModelError.None : ModelCheck.Fail(ModelError.BadIO, section + position + fault, ref where);
    }

    private static bool IsWithin(int value, int bound) => value >= -bound && value <= bound;
}
