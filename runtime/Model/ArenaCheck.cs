namespace EdgeCnn;

/// <summary>
/// Rules of the memory plan. A tensor lives from the operator that writes it (the model's inputs: from before the first) to the last
/// operator that reads it (the model's outputs: to the end). Things that live at the same time do not overlap, an operator's scratch
/// lives while it runs, and the arena ends exactly where the last of them does.
/// </summary>
internal static unsafe class ArenaCheck
{
    internal static ModelError All(Bytes model, ref int where)
    {
        int operators = ModelFile.OperatorCount(model), tensors = ModelFile.TensorCount(model);
        int inputs = tensors - operators, highest = 0;
        for (int t = 0; t < tensors; t++)
        {
            int tensor = ModelFile.Tensor(model, t);
            int start = TensorRecord.ArenaOffset(model, tensor), end = start + TensorRecord.ByteCount(model, tensor);
            if (end > highest) highest = end;
            // Against the inputs that live beside it, and against all that is written while it is still needed.
            for (int u = t + 1; u < inputs; u++)
                if (Overlaps(model, u, start, end))
                    return ModelCheck.Fail(ModelError.Overlap, tensor + TensorRecord.ArenaOffsetAt, ref where);
            int first = t < inputs ? 0 : t - inputs, last = LastUse(model, t, first);
            for (int i = first; i <= last && i < operators; i++)
            {
                int op = ModelFile.Operator(model, i), scratch = OperatorRecord.Scratch(model, op);
                int scratchEnd = scratch + (int)OperatorTable.ScratchBytes(model, op);
                if (scratchEnd > highest) highest = scratchEnd;
                if (scratch < end && start < scratchEnd)
                    return ModelCheck.Fail(ModelError.Overlap, op + OperatorRecord.ScratchAt, ref where);
                if (inputs + i != t && Overlaps(model, inputs + i, start, end) && !(i == last && IsInPlace(model, op, t, start, end)))
                    return ModelCheck.Fail(ModelError.Overlap, ModelFile.Tensor(model, inputs + i), ref where);
            }
        }
        return highest == ModelFile.ArenaBytes(model)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.OutsideArena, ModelFile.ArenaBytesAt, ref where);
    }

    /// <summary>Whether the operator writes its output over its first input, tensor t, and may.</summary>
    private static bool IsInPlace(Bytes model, int op, int t, int start, int end)
    {
        int output = OperatorRecord.Output(model, op);
        return OperatorTable.RunsInPlace(OperatorRecord.Code(model, op)) && OperatorRecord.InputIndex(model, op, 0) == t
            && TensorRecord.ArenaOffset(model, output) == start && TensorRecord.ByteCount(model, output) == end - start;
    }

    private static bool Overlaps(Bytes model, int index, int start, int end)
    {
        int tensor = ModelFile.Tensor(model, index), offset = TensorRecord.ArenaOffset(model, tensor);
        return offset < end && start < offset + TensorRecord.ByteCount(model, tensor);
    }

    /// <summary>The last operator that reads the tensor; the number of operators for an output of the model.</summary>
    private static int LastUse(Bytes model, int tensor, int first)
    {
        int operators = ModelFile.OperatorCount(model);
        if (IORecord.IsOutput(model, tensor)) return operators;
        for (int i = operators - 1; i > first; i--)
            if (OperatorRecord.Reads(model, ModelFile.Operator(model, i), tensor)) return i;
        return first;
    }
}
