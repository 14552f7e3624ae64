namespace EdgeCnn;

/// <summary>Elementwise sum: y = clamp(a + b). Operands and layout: <see cref="Broadcast"/>. Record: FORMAT.md in this folder.</summary>
internal static unsafe class Add
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 16;

    internal static void Row(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count,
        Bytes scales, int scalesAt) =>
        ScaledPair.Row(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt, ScaledPair.Sum);
}
