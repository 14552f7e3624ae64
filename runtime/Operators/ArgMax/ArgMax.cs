namespace EdgeCnn;

/// <summary>
/// Where along an axis the largest (or the smallest) element is; the first one in a tie. int8 or int16 in, int32 out, without the axis.
/// Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class ArgMax
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 30;

    /// <summary>Byte: the axis.</summary>
    internal const int AxisAt = OperatorRecord.OwnAt;

    /// <summary>Byte: 1 for the smallest element.</summary>
    internal const int SmallestAt = OperatorRecord.OwnAt + 1;

    /// <summary>Ten bytes, 0.</summary>
    internal const int ReservedAt = OperatorRecord.OwnAt + 2;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), axis = model[op + AxisAt];
        int type = Element.IsWide(model, input) ? ElementType.Int16 : ElementType.Int8;
        ModelError error = OperatorCheck.OneInput(model, op, type, ElementType.Int32, ref where);
        if (error == ModelError.None) error = OperatorCheck.Zeros(model, op + ReservedAt, op + OperatorRecord.Bytes, ref where);
        if (error != ModelError.None) return error;
        if (model[op + SmallestAt] > 1) return ModelCheck.Fail(ModelError.BadOperator, op + SmallestAt, ref where);
        return axis < TensorRecord.MaxRank
            && TensorRecord.Elements(model, output) == TensorRecord.Elements(model, input) / TensorRecord.Dimension(model, input, axis)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadShape, op + AxisAt, ref where);
    }

    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), axis = model[op + AxisAt], count = TensorRecord.Dimension(model, input, axis);
        bool wide = Element.IsWide(model, input), smallest = model[op + SmallestAt] == 1;
        int size = wide ? 2 : 1, after = 1, before = 1;
        for (int k = 0; k < axis; k++) before *= TensorRecord.Dimension(model, input, k);
        for (int k = axis + 1; k < TensorRecord.MaxRank; k++) after *= TensorRecord.Dimension(model, input, k);
        int step = size * after, from = TensorRecord.ArenaOffset(model, input);
        int to = TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        for (int i = 0; i < before; i++, from += count * step)
        {
            for (int j = 0; j < after; j++, to += 4)
            {
                int at = from + j * size, best = 0, extreme = Element.Read(arena, at, wide);
                for (int k = 1; k < count; k++)
                {
                    int x = Element.Read(arena, at + k * step, wide);
                    if (smallest ? x >= extreme : x <= extreme) continue;
                    extreme = x;
                    best = k;
                }
                Memory.SetInt32(arena, to, best);
            }
        }
    }
}
