namespace EdgeCnn;

/// <summary>
/// A product of matrices, batch by batch, the second given as rows: z[b, m, j] = Σₖ x[b, m, k] · y[b, j, k]. Input …×M×K, second operand
/// …×J×K, output …×M×J in B batches; either operand has B batches or one for all. Both are activations, or the second is a constant. Int8
/// with any zero points in sums of 32 bits, or int16 with zero points 0 in sums of 64 bits. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class BatchMatMul
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 55;

    /// <summary>Int32: multiplier from sums to outputs, Q31, 0 or more.</summary>
    internal const int MultiplierAt = OperatorRecord.OwnAt;

    /// <summary>Int32: the shift that belongs to it.</summary>
    internal const int ShiftAt = OperatorRecord.OwnAt + 4;

    /// <summary>Int16: zero point of the second operand.</summary>
    internal const int ZeroPoint2At = OperatorRecord.OwnAt + 8;

    /// <summary>Uint16: 1 when the second operand has one batch for all, 0 when it has as many as the output.</summary>
    internal const int Shared2At = OperatorRecord.OwnAt + 10;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), type = TensorRecord.Type(model, input);
        bool wide = type == ElementType.Int16;
        if (!wide && type != ElementType.Int8) return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.TypeAt, ref where);
        if (TensorRecord.Type(model, output) != type) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.TypeAt, ref where);
        if (OperatorRecord.InputCount(model, op) > 2 || (model[op + OperatorRecord.FlagsAt] & OperatorRecord.InputList) != 0)
            return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.FlagsAt, ref where);
        if (TensorRecord.Rank(model, output) < 2) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.RankAt, ref where);
        if (Memory.UInt16(model, op + Shared2At) > 1) return ModelCheck.Fail(ModelError.BadOperator, op + Shared2At, ref where);
        int zeroPoint2 = Memory.Int16(model, op + ZeroPoint2At);
        if (zeroPoint2 < ElementType.Min(type) || zeroPoint2 > ElementType.Max(type))
            return ModelCheck.Fail(ModelError.BadTensor, op + ZeroPoint2At, ref where);
        if (wide && (zeroPoint2 | TensorRecord.ZeroPoint(model, input) | TensorRecord.ZeroPoint(model, output)) != 0)
            return ModelCheck.Fail(ModelError.BadTensor, op + ZeroPoint2At, ref where);

        long matrix = (long)Rows(model, output) * TensorRecord.Channels(model, input), elements = TensorRecord.Elements(model, input);
        if (elements != matrix && elements != matrix * Batches(model, output))
            return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.DimensionsAt, ref where);
        if (OperatorRecord.HasSecondInput(model, op))
        {
            int second = OperatorRecord.Input2(model, op);
            if (TensorRecord.Type(model, second) != type)
                return ModelCheck.Fail(ModelError.BadShape, second + TensorRecord.TypeAt, ref where);
            if (TensorRecord.ByteCount(model, second) != SecondBytes(model, op))
                return ModelCheck.Fail(ModelError.BadShape, second + TensorRecord.DimensionsAt, ref where);
        }
        if (Memory.Int32(model, op + MultiplierAt) < 0) return ModelCheck.Fail(ModelError.BadRequant, op + MultiplierAt, ref where);
        int shift = Memory.Int32(model, op + ShiftAt);
        return shift >= Requantize.MinShift && shift <= (wide ? Requantize.MaxWideShift : Requantize.MaxShift)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadRequant, op + ShiftAt, ref where);
    }

    /// <summary>Bytes of a constant second operand.</summary>
    internal static long WeightBytes(Bytes model, int op) => OperatorRecord.HasSecondInput(model, op) ? 0 : SecondBytes(model, op);

    /// <summary>Sums of a tile and of a tile's second operand; int16 needs neither.</summary>
    internal static long ScratchBytes(Bytes model, int op)
    {
        int output = OperatorRecord.Output(model, op);
        if (TensorRecord.Type(model, output) == ElementType.Int16) return 0;
        int rows = Rows(model, output) < Tile.Rows ? Rows(model, output) : Tile.Rows;
        int columns = TensorRecord.Channels(model, output) < Tile.Channels ? TensorRecord.Channels(model, output) : Tile.Channels;
        return 4 * (rows + 1) * columns;
    }

    internal static long Macs(Bytes model, int op) =>
        (long)TensorRecord.Elements(model, OperatorRecord.Output(model, op))
        * TensorRecord.Channels(model, OperatorRecord.Input(model, op));

    private static long SecondBytes(Bytes model, int op)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        long matrix = (long)TensorRecord.Channels(model, output) * TensorRecord.Channels(model, input);
        // The other factors are below 2³² together; a matrix that no file or arena holds must not make the product wrap.
        if (matrix > int.MaxValue) return matrix;
        int batches = Memory.UInt16(model, op + Shared2At) == 1 ? 1 : Batches(model, output);
        return matrix * ElementType.Bytes(TensorRecord.Type(model, input)) * batches;
    }

    private static int Rows(Bytes model, int tensor) => TensorRecord.Dimension(model, tensor, TensorRecord.Rank(model, tensor) - 2);

    private static int Batches(Bytes model, int output) =>
        TensorRecord.Elements(model, output) / (Rows(model, output) * TensorRecord.Channels(model, output));
}
