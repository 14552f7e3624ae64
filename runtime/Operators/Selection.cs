namespace EdgeCnn;

/// <summary>Operators that take one of both operands, which have the output's quantization, and hold it to the clamp.</summary>
internal static unsafe class Selection
{
    internal static void Row(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count, bool larger)
    {
        bool wide = Element.IsWide(model, OperatorRecord.Output(model, op));
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op), size = wide ? 2 : 1;
        for (int i = 0; i < count; i++, at1 += step1, at2 += step2, to += size)
        {
            int a = Element.Read(arena, at1, wide), b = Element.Read(second, at2, wide);
            Element.Write(arena, to, wide, Requantize.Clamp(a > b == larger ? a : b, min, max));
        }
    }
}
