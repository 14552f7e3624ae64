namespace EdgeCnn;

/// <summary>
/// What elementwise operators of two operands share: y[i] = f(a[i], b[i]) over the output's shape, where an operand may repeat its
/// elements along some axes. The first operand is a tensor; the second one is a tensor or a constant in the WEIGHTS section. All are
/// int8 or all are int16 (but the slopes of <see cref="PReLU"/>, which are int8).
/// </summary>
internal static unsafe class Broadcast
{
    /// <summary>Byte: bit k is set when the first operand has one element for all places along the output's axis k.</summary>
    internal const int Repeat1At = OperatorRecord.OwnAt;

    /// <summary>Byte: the same of the second operand.</summary>
    internal const int Repeat2At = OperatorRecord.OwnAt + 1;

    /// <summary>Int16: the second operand's zero point.</summary>
    internal const int ZeroPoint2At = OperatorRecord.OwnAt + 2;

    /// <summary>Byte: 1 when the operands change roles (<see cref="Sub"/>).</summary>
    internal const int SwappedAt = OperatorRecord.OwnAt + 4;

    /// <summary>Three bytes, 0.</summary>
    internal const int ReservedAt = OperatorRecord.OwnAt + 5;

    private const int AllAxes = (1 << TensorRecord.MaxRank) - 1;

    internal static int ZeroPoint2(Bytes model, int op) => Memory.Int16(model, op + ZeroPoint2At);

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), type = TensorRecord.Type(model, input);
        if ((model[op + OperatorRecord.FlagsAt] & OperatorRecord.OwnFlags) != 0)
            return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.FlagsAt, ref where);
        if (type != ElementType.Int8 && type != ElementType.Int16)
            return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.TypeAt, ref where);
        if (TensorRecord.Type(model, output) != type) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.TypeAt, ref where);
        if (model[op + Repeat1At] > AllAxes || Elements(model, output, model[op + Repeat1At]) != TensorRecord.Elements(model, input))
            return ModelCheck.Fail(ModelError.BadShape, op + Repeat1At, ref where);
        if (model[op + Repeat2At] > AllAxes) return ModelCheck.Fail(ModelError.BadShape, op + Repeat2At, ref where);
        ModelError error = Second(model, op, output, ref where);
        if (error == ModelError.None && model[op + SwappedAt] > (OperatorRecord.Code(model, op) == Sub.Code ? 1 : 0))
            error = ModelCheck.Fail(ModelError.BadOperator, op + SwappedAt, ref where);
        if (error == ModelError.None) error = OperatorCheck.Zeros(model, op + ReservedAt, op + Clamp.MinAt, ref where);
        return error == ModelError.None ? Clamp.Check(model, op, ref where) : error;
    }

    /// <summary>Bytes of the second operand when it is a constant.</summary>
    internal static long SecondBytes(Bytes model, int op) => OperatorRecord.HasSecondInput(model, op)
        ? 0
        : (long)Elements(model, OperatorRecord.Output(model, op), model[op + Repeat2At]) * ElementType.Bytes(SecondType(model, op));

    internal static void Run(Bytes model, int op, Bytes arena, Bytes second, int secondAt, Bytes scales, int scalesAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int size1 = ElementType.Bytes(TensorRecord.Type(model, input)), size2 = ElementType.Bytes(SecondType(model, op));
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        int repeat1 = model[op + Repeat1At], repeat2 = model[op + Repeat2At];

        // The innermost axes along which each operand either goes on or stays are one row.
        int rowAxis = TensorRecord.MaxRank, count = 1, step1 = 1, step2 = 1;
        for (; rowAxis > 0; rowAxis--)
        {
            int size = TensorRecord.Dimension(model, output, rowAxis - 1);
            if (size == 1) continue;
            int goes1 = Goes(repeat1, rowAxis - 1), goes2 = Goes(repeat2, rowAxis - 1);
            if (count > 1 && (goes1 != step1 || goes2 != step2)) break;
            step1 = goes1;
            step2 = goes2;
            count *= size;
        }

        bool isPortable = OperatorRecord.Tile(model, op) == TileCode.Portable;
        int i0 = 0, i1 = 0, i2 = 0, i3 = 0;
        do
        {
            int row1 = Row(model, output, repeat1, rowAxis, i0, i1, i2, i3) * (step1 == 0 ? 1 : count);
            int row2 = Row(model, output, repeat2, rowAxis, i0, i1, i2, i3) * (step2 == 0 ? 1 : count);
            int at1 = from + row1 * size1, at2 = secondAt + row2 * size2;
            if (isPortable)
                OperatorTable.Row(model, op, arena, at1, step1 * size1, second, at2, step2 * size2, to, count, scales, scalesAt);
            else
                LoweredTable.Row(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt);
            to += count * size1;
        }
        while (Next(model, output, rowAxis, ref i0, ref i1, ref i2, ref i3));
    }

    /// <summary>The second operand is a constant, or a tensor of the right type, number of elements and zero point.</summary>
    private static ModelError Second(Bytes model, int op, int output, ref int where)
    {
        int zeroPoint = ZeroPoint2(model, op), type = SecondType(model, op);
        if (zeroPoint < ElementType.Min(type) || zeroPoint > ElementType.Max(type))
            return ModelCheck.Fail(ModelError.BadTensor, op + ZeroPoint2At, ref where);
        if (!OperatorRecord.HasSecondInput(model, op)) return ModelError.None;
        int second = OperatorRecord.Input2(model, op);
        if (TensorRecord.Type(model, second) != type) return ModelCheck.Fail(ModelError.BadShape, second + TensorRecord.TypeAt, ref where);
        if (TensorRecord.ZeroPoint(model, second) != zeroPoint)
            return ModelCheck.Fail(ModelError.BadTensor, op + ZeroPoint2At, ref where);
        return Elements(model, output, model[op + Repeat2At]) == TensorRecord.Elements(model, second)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadShape, op + Repeat2At, ref where);
    }

    private static int SecondType(Bytes model, int op) => OperatorRecord.Code(model, op) == PReLU.Code
        ? ElementType.Int8
        : TensorRecord.Type(model, OperatorRecord.Input(model, op));

    /// <summary>Elements of an operand that repeats along some axes of the output.</summary>
    private static int Elements(Bytes model, int output, int repeat)
    {
        int product = 1;
        for (int axis = 0; axis < TensorRecord.MaxRank; axis++)
            if (((repeat >> axis) & 1) == 0) product *= TensorRecord.Dimension(model, output, axis);
        return product;
    }

    /// <summary>1 when an operand goes on from element to element along the axis, 0 when it repeats.</summary>
    private static int Goes(int repeat, int axis) => ~(repeat >> axis) & 1;

    /// <summary>Number of an operand's row at place (i0, i1, i2, i3) of the axes before the row.</summary>
    private static int Row(Bytes model, int output, int repeat, int rowAxis, int i0, int i1, int i2, int i3)
    {
        int row = 0;
        if (rowAxis > 0 && Goes(repeat, 0) == 1) row = i0;
        if (rowAxis > 1 && Goes(repeat, 1) == 1) row = row * TensorRecord.Dimension(model, output, 1) + i1;
        if (rowAxis > 2 && Goes(repeat, 2) == 1) row = row * TensorRecord.Dimension(model, output, 2) + i2;
        if (rowAxis > 3 && Goes(repeat, 3) == 1) row = row * TensorRecord.Dimension(model, output, 3) + i3;
        return row;
    }

    /// <summary>Moves to the next row in the output's order; false after the last.</summary>
    private static bool Next(Bytes model, int output, int rowAxis, ref int i0, ref int i1, ref int i2, ref int i3)
    {
        if (rowAxis > 3 && ++i3 < TensorRecord.Dimension(model, output, 3)) return true;
        i3 = 0;
        if (rowAxis > 2 && ++i2 < TensorRecord.Dimension(model, output, 2)) return true;
        i2 = 0;
        if (rowAxis > 1 && ++i1 < TensorRecord.Dimension(model, output, 1)) return true;
        i1 = 0;
        return rowAxis > 0 && ++i0 < TensorRecord.Dimension(model, output, 0);
    }
}
