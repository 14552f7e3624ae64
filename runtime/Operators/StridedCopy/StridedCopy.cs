namespace EdgeCnn;

/// <summary>
/// Elements in another order, or some of them: with counts n₀ … n₄ and strides s₀ … s₄, element (i₀, …, i₄) of the output, counted
/// row-major whatever its shape, is element first + Σ iₐ · sₐ of the input. Slices, strided and reversed ones too, splits, transposes,
/// depth to space and space to depth are all of this form. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class StridedCopy
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 48;

    /// <summary>Axes that the params block has counts and strides for.</summary>
    internal const int Axes = 5;

    /// <summary>The file offset of the params block.</summary>
    internal const int ParamsAt = OperatorRecord.OwnAt;

    internal const int ReservedAt = OperatorRecord.OwnAt + 4;

    /// <summary>Bytes of the params block: int32 first, count[5], stride[5].</summary>
    internal const int ParamsBytes = 4 + 8 * Axes;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), type = TensorRecord.Type(model, input);
        ModelError error = OperatorCheck.OneInput(model, op, type, type, ref where);
        if (error == ModelError.None) error = OperatorCheck.Params(model, op, ParamsBytes, ref where);
        if (error == ModelError.None) error = OperatorCheck.Zeros(model, op + ReservedAt, op + OperatorRecord.Bytes, ref where);
        if (error != ModelError.None) return error;

        // No sum below can leave 64 bits: places are below 2³¹ and each axis moves by less than 2³¹.
        int at = OperatorRecord.Params(model, op), elements = TensorRecord.Elements(model, input);
        int room = TensorRecord.Elements(model, output);
        long lowest = Memory.Int32(model, at), highest = lowest;
        if (lowest < 0 || lowest >= elements) return ModelCheck.Fail(ModelError.BadShape, at, ref where);
        for (int axis = 0; axis < Axes; axis++)
        {
            int count = Count(model, at, axis);
            if (count < 1 || room % count != 0) return ModelCheck.Fail(ModelError.BadShape, at + 4 + 4 * axis, ref where);
            room /= count;
            long reach = (count - 1L) * Stride(model, at, axis);
            if (reach >= elements || -reach >= elements)
                return ModelCheck.Fail(ModelError.BadShape, at + 4 + 4 * (Axes + axis), ref where);
            if (reach < 0) lowest += reach;
            else highest += reach;
        }
        if (lowest < 0 || highest >= elements) return ModelCheck.Fail(ModelError.BadShape, at, ref where);
        return room == 1 ? ModelError.None : ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt, ref where);
    }

    private static int Count(Bytes model, int at, int axis) => Memory.Int32(model, at + 4 + 4 * axis);

    private static int Stride(Bytes model, int at, int axis) => Memory.Int32(model, at + 4 + 4 * (Axes + axis));
}
