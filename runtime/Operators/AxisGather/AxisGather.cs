namespace EdgeCnn;

/// <summary>
/// Each axis of the output picks places of the same axis of the input: output[i₀, …, i₄] = input[t₀[i₀], …, t₄[i₄]], a table per axis,
/// or none where the axis is kept. Resizing to the nearest neighbor and mirrored borders are of this form, whatever the rule that made
/// their tables. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class AxisGather
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 51;

    /// <summary>The file offset of the params block.</summary>
    internal const int ParamsAt = OperatorRecord.OwnAt;

    /// <summary>Byte: bit a is set when axis a has a table.</summary>
    internal const int AxesAt = OperatorRecord.OwnAt + 4;

    internal const int ReservedAt = OperatorRecord.OwnAt + 5;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), type = TensorRecord.Type(model, input);
        ModelError error = OperatorCheck.OneInput(model, op, type, type, ref where);
        if (error == ModelError.None) error = OperatorCheck.Zeros(model, op + ReservedAt, op + OperatorRecord.Bytes, ref where);
        if (error != ModelError.None) return error;
        int rank = TensorRecord.Rank(model, input);
        if (TensorRecord.Rank(model, output) != rank) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.RankAt, ref where);
        if (model[op + AxesAt] == 0 || model[op + AxesAt] >> rank != 0) return ModelCheck.Fail(ModelError.BadShape, op + AxesAt, ref where);
        long bytes = 0;
        for (int axis = 0; axis < rank; axis++)
            if (HasTable(model, op, axis)) bytes += 2L * TensorRecord.Dimension(model, output, axis);
        error = OperatorCheck.Params(model, op, bytes, ref where);
        if (error != ModelError.None) return error;
        for (int axis = 0; axis < rank; axis++)
        {
            int size = TensorRecord.Dimension(model, input, axis), places = TensorRecord.Dimension(model, output, axis);
            int table = Table(model, op, axis);
            if (table == 0 && places != size)
                return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt + 4 * axis, ref where);
            for (int i = 0; i < places && table != 0; i++)
                if (Memory.UInt16(model, table + 2 * i) >= size) return ModelCheck.Fail(ModelError.BadShape, table + 2 * i, ref where);
        }
        return ModelError.None;
    }

    private static bool HasTable(Bytes model, int op, int axis) => (model[op + AxesAt] & (1 << axis)) != 0;

    /// <summary>File offset of the table of <paramref name="axis"/>, uint16 for each place of the output; 0 when the axis is
    /// kept.</summary>
    private static int Table(Bytes model, int op, int axis)
    {
        if (!HasTable(model, op, axis)) return 0;
        int output = OperatorRecord.Output(model, op), at = OperatorRecord.Params(model, op);
        for (int a = 0; a < axis; a++)
            if (HasTable(model, op, a)) at += 2 * TensorRecord.Dimension(model, output, a);
        return at;
    }
}
