namespace EdgeCnn;

/// <summary>Rules that all operator records share; what is particular to an operator is checked in its own folder.</summary>
internal static unsafe class OperatorCheck
{
    internal static ModelError All(Bytes model, ref int where)
    {
        int count = ModelFile.OperatorCount(model), tensors = ModelFile.TensorCount(model);
        // Tensors stand in the order in which they are written: the model's inputs, then each operator's output.
        int next = tensors - count, largestLayer = 0;
        if (next < 1) return ModelCheck.Fail(ModelError.BadOperator, ModelFile.Operator(model, 0), ref where);
        for (int i = 0; i < count; i++, next++)
        {
            int op = ModelFile.Operator(model, i), code = OperatorRecord.Code(model, op);
            if (!OperatorTable.IsBuiltIn(code)) return ModelCheck.Fail(ModelError.UnknownOperator, op, ref where);
            if (!HeaderCheck.IsUsed(model, code)) return ModelCheck.Fail(ModelError.BadOperator, op, ref where);
            if (Memory.UInt16(model, op + OperatorRecord.OutputAt) != next)
                return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.OutputAt, ref where);

            ModelError error = Inputs(model, op, next, ref where);
            if (error == ModelError.None) error = OperatorTable.Check(model, op, ref where);
            if (error == ModelError.None) error = Weights(model, op, ref where);
            if (error == ModelError.None) error = Scratch(model, op, ref where);
            if (error != ModelError.None) return error;
            int layer = (int)(OperatorTable.WeightBytes(model, op) + OperatorTable.RequantBytes(model, op));
            if (layer > largestLayer) largestLayer = layer;
        }
        return largestLayer == ModelFile.LargestLayerBytes(model)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadHeader, ModelFile.LayerBytesAt, ref where);
    }

    /// <summary>Flags are known, a params block begins inside its section, and every input is a tensor that was written before.</summary>
    private static ModelError Inputs(Bytes model, int op, int next, ref int where)
    {
        int flags = model[op + OperatorRecord.FlagsAt];
        bool hasParams = (flags & OperatorRecord.HasParams) != 0, isList = (flags & OperatorRecord.InputList) != 0;
        // Bits 0 to 3; bit 3 only where the operator has a number of its own. What the operator is laid out for is above them.
        bool hasNumber = (flags & OperatorRecord.HasNumber) != 0;
        bool isLowered = flags >> OperatorRecord.TileShift != 0;
        if ((isList && !hasParams) || (hasNumber && !OperatorTable.TakesNumber(OperatorRecord.Code(model, op))))
            return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.FlagsAt, ref where);
        int count = OperatorRecord.InputCount(model, op);
        if (hasParams && !Inside(model, SectionType.Params, OperatorRecord.Params(model, op), isList ? 2 * count : 4, 4))
            return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.OwnAt, ref where);
        if (isList && (count < 1 || OperatorRecord.HasSecondInput(model, op)
            || OperatorRecord.InputIndex(model, op, 0) != Memory.UInt16(model, op + OperatorRecord.InputAt)))
            return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.OwnAt, ref where);
        for (int i = 0; i < count; i++)
            if (OperatorRecord.InputIndex(model, op, i) >= next)
                return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.InputAt, ref where);
        return !isLowered || (LoweredTable.Runs(OperatorRecord.Tile(model, op)) && LoweredTable.HasForm(model, op))
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.FlagsAt, ref where);
    }

    /// <summary>The operator has a params block of <paramref name="bytes"/> bytes.</summary>
    internal static ModelError Params(Bytes model, int op, long bytes, ref int where) =>
        (model[op + OperatorRecord.FlagsAt] & OperatorRecord.HasParams) != 0
        && Inside(model, SectionType.Params, OperatorRecord.Params(model, op), bytes, 4)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.OwnAt, ref where);

    /// <summary>The operator has one input tensor, or two where <paramref name="inputs"/> is 2.</summary>
    internal static ModelError InputCount(Bytes model, int op, int inputs, ref int where) =>
        OperatorRecord.InputCount(model, op) == inputs
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.Input2At, ref where);

    /// <summary>The operator has one input, and input and output are of the given element types.</summary>
    internal static ModelError OneInput(Bytes model, int op, int inputType, int outputType, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        if (TensorRecord.Type(model, input) != inputType) return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.TypeAt, ref where);
        if (TensorRecord.Type(model, output) != outputType) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.TypeAt, ref where);
        return InputCount(model, op, 1, ref where);
    }

    /// <summary>The own bytes before <paramref name="end"/> (an offset in the record) are 0.</summary>
    internal static ModelError NoOwnFields(Bytes model, int op, int end, ref int where) =>
        Zeros(model, op + OperatorRecord.OwnAt, op + end, ref where);

    /// <summary>The bytes from one file offset to before another one are 0.</summary>
    internal static ModelError Zeros(Bytes model, int from, int end, ref int where)
    {
        for (int at = from; at < end; at++)
            if (model[at] != 0) return ModelCheck.Fail(ModelError.BadOperator, at, ref where);
        return ModelError.None;
    }

    /// <summary>Input and output have the same number of elements.</summary>
    internal static ModelError SameElements(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        return TensorRecord.Elements(model, input) == TensorRecord.Elements(model, output)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt, ref where);
    }

    /// <summary>Input and output have the same rows along the innermost dimension, which is at most <paramref name="maxChannels"/>.</summary>
    internal static ModelError SameRows(Bytes model, int op, int maxChannels, ref int where)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output);
        return channels <= maxChannels && channels == TensorRecord.Channels(model, OperatorRecord.Input(model, op))
            ? SameElements(model, op, ref where)
            : ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt, ref where);
    }

    /// <summary>Weights and requantization block lie inside their sections, or are absent where the operator has none.</summary>
    private static ModelError Weights(Bytes model, int op, ref int where)
    {
        long weights = OperatorTable.WeightBytes(model, op), requant = OperatorTable.RequantBytes(model, op);
        int weightsAt = OperatorRecord.Weights(model, op), requantAt = OperatorRecord.Requant(model, op);
        if (weights == 0 ? weightsAt != 0 : !Inside(model, SectionType.Weights, weightsAt, weights, ModelFile.SectionAlignment))
            return ModelCheck.Fail(ModelError.BadWeights, op + OperatorRecord.WeightsAt, ref where);
        if (requant == 0 ? requantAt != 0 : !Inside(model, SectionType.Requant, requantAt, requant, 4))
            return ModelCheck.Fail(ModelError.BadWeights, op + OperatorRecord.RequantAt, ref where);
        return requant == 0 ? ModelError.None : OperatorTable.CheckRequant(model, op, ref where);
    }

    private static bool Inside(Bytes model, int sectionType, int offset, long bytes, int alignment)
    {
        if (ModelFile.Find(model, sectionType) == 0) return false;
        int start = ModelFile.SectionOffset(model, sectionType), size = ModelFile.SectionBytes(model, sectionType);
        return offset >= start && offset % alignment == 0 && offset - start <= size && bytes <= size - (offset - start);
    }

    private static ModelError Scratch(Bytes model, int op, ref int where)
    {
        long bytes = OperatorTable.ScratchBytes(model, op);
        int offset = OperatorRecord.Scratch(model, op), arenaBytes = ModelFile.ArenaBytes(model);
        bool ok = bytes == 0 ? offset == 0 : offset >= 0 && offset % 4 == 0 && offset <= arenaBytes && bytes <= arenaBytes - offset;
        return ok ? ModelError.None : ModelCheck.Fail(ModelError.OutsideArena, op + OperatorRecord.ScratchAt, ref where);
    }
}
