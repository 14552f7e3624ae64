namespace EdgeCnn;

/// <summary>
/// Joins tensors along an axis: with Outer the product of the dimensions before it, part o of the output is part o of the first input,
/// then part o of the second, and so on. A concatenation of tensors with a new axis of size 1 (pack) is the same. All have the same
/// quantization. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class Concat
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 49;

    /// <summary>The file offset of the params block, which is the list of inputs.</summary>
    internal const int ParamsAt = OperatorRecord.OwnAt;

    internal const int InputsAt = OperatorRecord.OwnAt + 4;
    internal const int ReservedAt = OperatorRecord.OwnAt + 6;

    /// <summary>Int32: product of the dimensions before the axis.</summary>
    internal const int OuterAt = OperatorRecord.OwnAt + 8;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        if ((model[op + OperatorRecord.FlagsAt] & OperatorRecord.InputList) == 0)
            return ModelCheck.Fail(ModelError.BadOperator, op + OperatorRecord.FlagsAt, ref where);
        ModelError error = OperatorCheck.Zeros(model, op + ReservedAt, op + OuterAt, ref where);
        if (error != ModelError.None) return error;
        int output = OperatorRecord.Output(model, op), outer = Memory.Int32(model, op + OuterAt);
        if (outer < 1) return ModelCheck.Fail(ModelError.BadShape, op + OuterAt, ref where);
        long elements = 0;
        for (int i = OperatorRecord.InputCount(model, op) - 1; i >= 0; i--)
        {
            int input = Input(model, op, i), size = TensorRecord.Elements(model, input);
            if (TensorRecord.Type(model, input) != TensorRecord.Type(model, output))
                return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.TypeAt, ref where);
            if (size % outer != 0) return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.DimensionsAt, ref where);
            elements += size;
        }
        return elements == TensorRecord.Elements(model, output)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt, ref where);
    }

    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int output = OperatorRecord.Output(model, op), outer = Memory.Int32(model, op + OuterAt);
        int inputs = OperatorRecord.InputCount(model, op);
        int start = TensorRecord.ArenaOffset(model, output), part = TensorRecord.ByteCount(model, output) / outer;
        for (int i = 0; i < inputs; i++)
        {
            int input = Input(model, op, i), from = TensorRecord.ArenaOffset(model, input);
            int bytes = TensorRecord.ByteCount(model, input) / outer, to = start;
            for (int o = 0; o < outer; o++, from += bytes, to += part) Memory.Copy(arena, from, arena, to, bytes);
            start += bytes;
        }
    }

    private static int Input(Bytes model, int op, int index) => ModelFile.Tensor(model, OperatorRecord.InputIndex(model, op, index));
}
