namespace EdgeCnn;

/// <summary>
/// The fused activation: the output is held to [min, max]. ReLU is [zero point, 127], ReLU6 [zero point, the integer of 6], no
/// activation all values of the output's type.
/// </summary>
internal static unsafe class Clamp
{
    internal const int MinAt = 0x1C;
    internal const int MaxAt = 0x1E;

    internal static int Min(Bytes model, int op) => Memory.Int16(model, op + MinAt);

    internal static int Max(Bytes model, int op) => Memory.Int16(model, op + MaxAt);

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int type = TensorRecord.Type(model, OperatorRecord.Output(model, op));
        if (Min(model, op) < ElementType.Min(type) || Min(model, op) > Max(model, op))
            return ModelCheck.Fail(ModelError.BadRequant, op + MinAt, ref where);
        return Max(model, op) <= ElementType.Max(type) ? ModelError.None : ModelCheck.Fail(ModelError.BadRequant, op + MaxAt, ref where);
    }
}
