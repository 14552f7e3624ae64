namespace EdgeCnn;

/// <summary>
/// The smaller of two operands, element by element, which have the same quantization. Operands and layout: <see cref="Broadcast"/>.
/// Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class Minimum
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 20;

    internal static void Row(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count) =>
        Selection.Row(model, op, arena, at1, step1, second, at2, step2, to, count, larger: false);
}
