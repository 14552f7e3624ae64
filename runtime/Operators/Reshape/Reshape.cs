namespace EdgeCnn;

/// <summary>
/// The same elements in the same order under another shape. Costs nothing where the memory plan gives both the same place.
/// Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class Reshape
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 6;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int type = TensorRecord.Type(model, OperatorRecord.Input(model, op));
        ModelError error = OperatorCheck.OneInput(model, op, type, type, ref where);
        if (error == ModelError.None) error = OperatorCheck.NoOwnFields(model, op, OperatorRecord.Bytes, ref where);
        return error == ModelError.None ? OperatorCheck.SameElements(model, op, ref where) : error;
    }

    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op);
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        if (from != to) Memory.Copy(arena, from, arena, to, TensorRecord.ByteCount(model, input));
    }
}
