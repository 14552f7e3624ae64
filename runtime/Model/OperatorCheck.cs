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
            if (model[op + OperatorRecord.FlagsAt] > OperatorRecord.PerChannel)
                return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.FlagsAt, ref where);
            if (Memory.UInt16(model, op + OperatorRecord.InputAt) >= next)
                return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.InputAt, ref where);
            if (Memory.UInt16(model, op + OperatorRecord.OutputAt) != next)
                return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.OutputAt, ref where);
            if (Memory.UInt16(model, op + OperatorRecord.Input2At) != OperatorRecord.NoTensor)
                return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.Input2At, ref where);

            ModelError error = OperatorTable.Check(model, op, ref where);
            if (error == ModelError.None) error = Weights(model, op, ref where);
            if (error == ModelError.None) error = Scratch(model, op, ref where);
            if (error != ModelError.None) return error;
            int layer = (int)OperatorTable.WeightBytes(model, op) + WeightedRows.RequantBytes(model, op);
            if (layer > largestLayer) largestLayer = layer;
        }
        return largestLayer == ModelFile.LargestLayerBytes(model)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadHeader, ModelFile.LayerBytesAt, ref where);
    }

    /// <summary>Weights and requantization block lie inside their sections, or are absent where the operator has none.</summary>
    private static ModelError Weights(Bytes model, int op, ref int where)
    {
        long bytes = OperatorTable.WeightBytes(model, op);
        if (bytes == 0)
        {
            if (OperatorRecord.Weights(model, op) != 0)
                return ModelCheck.Fail(ModelError.BadWeights, op + OperatorRecord.WeightsAt, ref where);
            return OperatorRecord.Requant(model, op) == 0
                ? ModelError.None
                : ModelCheck.Fail(ModelError.BadWeights, op + OperatorRecord.RequantAt, ref where);
        }
        if (!Inside(model, SectionType.Weights, OperatorRecord.Weights(model, op), bytes, ModelFile.SectionAlignment))
            return ModelCheck.Fail(ModelError.BadWeights, op + OperatorRecord.WeightsAt, ref where);
        if (!Inside(model, SectionType.Requant, OperatorRecord.Requant(model, op), WeightedRows.RequantBytes(model, op), 4))
            return ModelCheck.Fail(ModelError.BadWeights, op + OperatorRecord.RequantAt, ref where);
        return WeightedRows.CheckRequant(model, op, ref where);
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
