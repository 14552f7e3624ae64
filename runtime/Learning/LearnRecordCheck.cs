namespace EdgeCnn;

/// <summary>Rules of a record of the LEARN section: what it asks for is what its operator can do, and all its areas lie in the arena.</summary>
internal static unsafe class LearnRecordCheck
{
    internal static ModelError One(Bytes model, int record, int index, ref int end, ref int where)
    {
        int number = LearnRecord.Operator(model, record);
        bool inOrder = index == 0 || number <= LearnRecord.Operator(model, LearnFile.Record(model, index - 1));
        if (number >= ModelFile.OperatorCount(model) || !inOrder || !OperatorTable.Learns(OperatorRecord.Code(model, ModelFile.Operator(model, number))))
            return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.OperatorAt, ref where);
        int op = ModelFile.Operator(model, number);
        if (LearnRecord.InputIndex(model, record) >= OperatorRecord.InputCount(model, op))
            return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.InputIndexAt, ref where);
        int output = OperatorRecord.Output(model, op), input = Input(model, op, LearnRecord.InputIndex(model, record));
        if (TensorRecord.Type(model, output) != ElementType.Int8 || TensorRecord.Type(model, input) != ElementType.Int8)
            return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.OperatorAt, ref where);
        ModelError error = Errors(model, op, record, TensorRecord.Elements(model, output), TensorRecord.Elements(model, input), ref end, ref where);
        if (error == ModelError.None) error = Saved(model, op, record, input, output, ref end, ref where);
        return error == ModelError.None ? Weights(model, op, record, ref end, ref where) : error;
    }

    private static int Input(Bytes model, int op, int index) => ModelFile.Tensor(model, OperatorRecord.InputIndex(model, op, index));

    /// <summary>The errors that the record reads and writes. Those that are summed take four bytes an element, those handed on two.</summary>
    private static ModelError Errors(Bytes model, int op, int record, int outputs, int inputs, ref int end, ref int where)
    {
        bool passes = OperatorTable.PassesErrors(OperatorRecord.Code(model, op));
        long whole = ErrorTensor.HeaderBytes + 2L * inputs, summed = ErrorTensor.HeaderBytes + 4L * inputs;
        ModelError error = LearnCheck.Area(
            model, record + LearnRecord.OutputErrorAt, ErrorTensor.HeaderBytes + 2L * outputs, false, ref end, ref where);
        if (error == ModelError.None && LearnRecord.Has(model, record, LearnRecord.GivesInputError))
        {
            bool fresh = LearnRecord.Has(model, record, LearnRecord.AddsToInputError) && !passes;
            error = LearnCheck.Area(model, record + LearnRecord.InputErrorAt, passes || fresh ? whole : summed, false, ref end, ref where);
            if (error == ModelError.None && fresh) error = LearnCheck.Area(model, record + LearnRecord.FreshErrorAt, summed, false, ref end, ref where);
            if (error == ModelError.None && passes && inputs != outputs)
                return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.FlagsAt, ref where);
        }
        if (error != ModelError.None || !LearnRecord.Has(model, record, LearnRecord.GivesInput2Error)) return error;
        if (!passes || !OperatorRecord.HasSecondInput(model, op) || TensorRecord.Elements(model, Input(model, op, 1)) != outputs)
            return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.FlagsAt, ref where);
        return LearnCheck.Area(model, record + LearnRecord.Input2ErrorAt, ErrorTensor.HeaderBytes + 2L * outputs, false, ref end, ref where);
    }

    private static ModelError Saved(Bytes model, int op, int record, int input, int output, ref int end, ref int where)
    {
        ModelError error = ModelError.None;
        if (LearnRecord.HasPlace(model, record, LearnRecord.MaskAt))
            error = LearnCheck.Area(model, record + LearnRecord.MaskAt, TensorRecord.Elements(model, output), false, ref end, ref where);
        if (error != ModelError.None) return error;
        int code = OperatorRecord.Code(model, op);
        bool isMaxPool = code == MaxPool.Code;
        if (code == Lookup.Code) error = Derivatives(model, record, ref where);
        if (error != ModelError.None) return error;
        if (!isMaxPool && code != Lookup.Code && !LearnRecord.Has(model, record, LearnRecord.TrainsWeights)) return error;
        int bytes = TensorRecord.Elements(model, isMaxPool ? output : input);
        return LearnCheck.Area(model, record + LearnRecord.SavedInputAt, bytes, false, ref end, ref where);
    }

    /// <summary>A function's table of derivatives lies in the section.</summary>
    private static ModelError Derivatives(Bytes model, int record, ref int where)
    {
        long steps = Memory.Int32(model, record + LearnRecord.StepsAt), size = ModelFile.SectionBytes(model, SectionType.Learn);
        return steps >= LearnFile.HeaderBytes && (steps & 3) == 0 && steps + Lookup.DerivativeBytes <= size
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.StepsAt, ref where);
    }

    private static ModelError Weights(Bytes model, int op, int record, ref int end, ref int where)
    {
        int depth = OperatorTable.Depth(model, op), flags = record + LearnRecord.FlagsAt;
        bool trainsWeights = LearnRecord.Has(model, record, LearnRecord.TrainsWeights), trains = LearnRecord.Has(model, record, LearnRecord.TrainsBiases);
        if (depth == 0) return trainsWeights || trains ? ModelCheck.Fail(ModelError.BadLearn, flags, ref where) : ModelError.None;
        if (trainsWeights && !trains) return ModelCheck.Fail(ModelError.BadLearn, flags, ref where);
        if (OperatorRecord.Code(model, op) == Conv2D.Code && LearnRecord.ChannelsAtOnce(model, record) == 0)
            return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.ChannelsAtOnceAt, ref where);
        int channels = WeightedRows.OutputChannels(model, op);
        long steps = Memory.Int32(model, record + LearnRecord.StepsAt), size = ModelFile.SectionBytes(model, SectionType.Learn);
        if (steps < LearnFile.HeaderBytes || (steps & 3) != 0 || steps + LearnRecord.StepBytes(channels) > size)
            return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.StepsAt, ref where);
        if (LearnRecord.BackShift(model, record) > 15) return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.BackShiftAt, ref where);
        for (int c = 0; c < channels; c++)
            if (LearnRecord.Back(model, record, c) > 1 << 15 || LearnRecord.WeightStep(model, record, channels, c) > 0x7FFF)
                return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.StepsAt, ref where);
        long scratch = OperatorTable.LearnScratchBytes(model, op, LearnRecord.ChannelsAtOnce(model, record));
        ModelError error = LearnCheck.Area(model, record + LearnRecord.ScratchAt, scratch, false, ref end, ref where);
        if (error == ModelError.None && trains)
            error = LearnCheck.Area(
                model, record + LearnRecord.BiasesAt, (LearnFile.HasVelocity(model) ? 12L : 8L) * channels, true, ref end, ref where);
        return error == ModelError.None && trainsWeights ? Planes(model, record, channels, depth, ref end, ref where) : error;
    }

    /// <summary>Weights of all channels, and for those that learn a fraction unless there are no fraction bits, and a velocity when gradients
    /// wait in one.</summary>
    private static ModelError Planes(Bytes model, int record, int channels, int depth, ref int end, ref int where)
    {
        int learning = LearnRecord.Channels(model, record);
        if (LearnRecord.FirstChannel(model, record) + learning > channels)
            return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.ChannelsAt, ref where);
        if (LearnRecord.HasPlace(model, record, LearnRecord.FractionsAt) != (LearnFile.FractionBits(model) > 0))
            return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.FractionsAt, ref where);
        if (LearnRecord.HasPlace(model, record, LearnRecord.VelocityAt) != LearnFile.HasVelocity(model))
            return ModelCheck.Fail(ModelError.BadLearn, record + LearnRecord.VelocityAt, ref where);
        ModelError error = LearnCheck.Area(model, record + LearnRecord.WeightsAt, (long)channels * depth, true, ref end, ref where);
        if (error == ModelError.None && LearnRecord.HasPlace(model, record, LearnRecord.FractionsAt))
            error = LearnCheck.Area(model, record + LearnRecord.FractionsAt, (long)learning * depth, true, ref end, ref where);
        if (error == ModelError.None && LearnRecord.HasPlace(model, record, LearnRecord.VelocityAt))
            error = LearnCheck.Area(model, record + LearnRecord.VelocityAt, 4L * learning * depth, true, ref end, ref where);
        return error;
    }
}
