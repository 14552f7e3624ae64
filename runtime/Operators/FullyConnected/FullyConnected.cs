namespace EdgeCnn;

/// <summary>
/// Fully connected layer with fused requantization and clamp: y[r, c] = Σₖ x[r, k] · w[c, k] + bias[c]. The input is read as R rows of
/// K elements whatever its shape (NHWC order), weights are C×K, the output is R×C. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class FullyConnected
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 2;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        return error == ModelError.None ? CheckShapes(model, op, ref where) : error;
    }

    /// <summary>The input is rows for the output's rows, and the clamp is in order.</summary>
    internal static ModelError CheckShapes(Bytes model, int op, ref int where)
    {
        ModelError error = OperatorCheck.NoOwnFields(model, op, Clamp.MinAt, ref where);
        if (error != ModelError.None) return error;
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        if (TensorRecord.Elements(model, input) % Rows(model, output) != 0)
            return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt, ref where);
        return Clamp.Check(model, op, ref where);
    }

    internal static long WeightBytes(Bytes model, int op) =>
        (long)Depth(model, op) * TensorRecord.Channels(model, OperatorRecord.Output(model, op));

    internal static long ScratchBytes(Bytes model, int op) =>
        WeightedRows.SumBytes(model, op, Rows(model, OperatorRecord.Output(model, op)));

    internal static long Macs(Bytes model, int op) => Rows(model, OperatorRecord.Output(model, op)) * WeightBytes(model, op);

    internal static int Rows(Bytes model, int output) =>
        TensorRecord.Elements(model, output) / TensorRecord.Channels(model, output);

    /// <summary>Elements of one input row.</summary>
    internal static int Depth(Bytes model, int op) =>
        TensorRecord.Elements(model, OperatorRecord.Input(model, op)) / Rows(model, OperatorRecord.Output(model, op));
}
