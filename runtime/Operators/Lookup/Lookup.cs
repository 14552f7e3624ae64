namespace EdgeCnn;

/// <summary>
/// Any function of one 8-bit number: y[i] = table[x[i]], the table's 256 bytes in the WEIGHTS section, made by the exporter. int8 or
/// uint8, in and out. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class Lookup
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 23;

    /// <summary>Bytes of the table.</summary>
    internal const int TableBytes = 256;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int inputType = TensorRecord.Type(model, input), outputType = TensorRecord.Type(model, output);
        if (ElementType.Bytes(inputType) != 1) return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.TypeAt, ref where);
        if (ElementType.Bytes(outputType) != 1) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.TypeAt, ref where);
        ModelError error = OperatorCheck.OneInput(model, op, inputType, outputType, ref where);
        if (error == ModelError.None) error = OperatorCheck.NoOwnFields(model, op, OperatorRecord.Bytes, ref where);
        return error == ModelError.None ? OperatorCheck.SameElements(model, op, ref where) : error;
    }

    internal static void Run(Bytes model, int op, Bytes arena, Bytes table, int tableAt)
    {
        int input = OperatorRecord.Input(model, op), count = TensorRecord.Elements(model, input);
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        for (int i = 0; i < count; i++) arena[to + i] = table[tableAt + arena[from + i]];
    }
}
