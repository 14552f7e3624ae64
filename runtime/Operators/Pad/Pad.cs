namespace EdgeCnn;

/// <summary>
/// The input with a border of one value around it: along axis a, before[a] places before it and as many after it as the output's shape
/// says. Input and output have the same quantization. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class Pad
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 50;

    /// <summary>The file offset of the params block.</summary>
    internal const int ParamsAt = OperatorRecord.OwnAt;

    /// <summary>Int32: the integer of the border.</summary>
    internal const int ValueAt = OperatorRecord.OwnAt + 4;

    internal const int ReservedAt = OperatorRecord.OwnAt + 8;

    /// <summary>Bytes of the params block: int32 before[5].</summary>
    internal const int ParamsBytes = 4 * TensorRecord.MaxRank;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), type = TensorRecord.Type(model, input);
        ModelError error = OperatorCheck.OneInput(model, op, type, type, ref where);
        if (error == ModelError.None) error = OperatorCheck.Params(model, op, ParamsBytes, ref where);
        if (error == ModelError.None) error = OperatorCheck.Zeros(model, op + ReservedAt, op + OperatorRecord.Bytes, ref where);
        if (error != ModelError.None) return error;
        int value = Memory.Int32(model, op + ValueAt);
        if (value < ElementType.Min(type) || value > ElementType.Max(type))
            return ModelCheck.Fail(ModelError.BadRequant, op + ValueAt, ref where);
        if (TensorRecord.Rank(model, output) != TensorRecord.Rank(model, input))
            return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.RankAt, ref where);
        for (int axis = 0; axis < TensorRecord.MaxRank; axis++)
        {
            int at = OperatorRecord.Params(model, op) + 4 * axis, before = Memory.Int32(model, at);
            if (before < 0) return ModelCheck.Fail(ModelError.BadShape, at, ref where);
            if ((long)before + TensorRecord.Dimension(model, input, axis) > TensorRecord.Dimension(model, output, axis))
                return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt + 4 * axis, ref where);
        }
        return ModelError.None;
    }
}
