namespace EdgeCnn;

/// <summary>
/// Sum, mean, maximum or minimum over any axes: the output has the other axes, with or without ones in place of those that are gone.
/// A sum is rescaled, and a mean is a sum whose multiplier holds 1/n; an extreme keeps the quantization. int8 or int16. Record:
/// FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class Reduce
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 29;

    /// <summary>Byte: bit k is set when the input's axis k is reduced.</summary>
    internal const int AxesAt = OperatorRecord.OwnAt;

    /// <summary>Byte: what is computed.</summary>
    internal const int FunctionAt = OperatorRecord.OwnAt + 1;

    /// <summary>Ten bytes, 0.</summary>
    internal const int ReservedAt = OperatorRecord.OwnAt + 2;

    /// <summary>multiplier · Σ (x − zeroPoint).</summary>
    internal const int Sum = 0;

    /// <summary>The largest element.</summary>
    internal const int Max = 1;

    /// <summary>The smallest element.</summary>
    internal const int Min = 2;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int type = Element.IsWide(model, input) ? ElementType.Int16 : ElementType.Int8;
        ModelError error = OperatorCheck.OneInput(model, op, type, type, ref where);
        if (error == ModelError.None) error = OperatorCheck.Zeros(model, op + ReservedAt, op + OperatorRecord.Bytes, ref where);
        if (error != ModelError.None) return error;
        if (model[op + FunctionAt] > Min) return ModelCheck.Fail(ModelError.BadOperator, op + FunctionAt, ref where);
        int kept = 1;
        for (int axis = 0; axis < TensorRecord.MaxRank; axis++)
            if (((model[op + AxesAt] >> axis) & 1) == 0) kept *= TensorRecord.Dimension(model, input, axis);
        return kept == TensorRecord.Elements(model, output)
            ? ModelError.None
            : ModelCheck.Fail(ModelError.BadShape, op + AxesAt, ref where);
    }

    internal static int ScaleBytes(Bytes model, int op) => ScaleBlock.Bytes(Scales(model, op));

    internal static ModelError CheckScales(Bytes model, int op, ref int where) =>
        ScaleBlock.Check(model, OperatorRecord.Requant(model, op), Scales(model, op), ref where);

    private static int Scales(Bytes model, int op) => model[op + FunctionAt] == Sum ? 1 : 0;
}
