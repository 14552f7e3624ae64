namespace EdgeCnn;

internal static unsafe partial class StridedCopy
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), at = OperatorRecord.Params(model, op);
        int size = ElementType.Bytes(TensorRecord.Type(model, input));
        int n0 = Count(model, at, 0), n1 = Count(model, at, 1), n2 = Count(model, at, 2), n3 = Count(model, at, 3);
        int n4 = Count(model, at, 4);
        int s0 = size * Stride(model, at, 0), s1 = size * Stride(model, at, 1), s2 = size * Stride(model, at, 2);
        int s3 = size * Stride(model, at, 3), s4 = size * Stride(model, at, 4);
        int from0 = TensorRecord.ArenaOffset(model, input) + size * Memory.Int32(model, at);
        int to = TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op));
        for (int i0 = 0; i0 < n0; i0++, from0 += s0)
        {
            int from1 = from0;
            for (int i1 = 0; i1 < n1; i1++, from1 += s1)
            {
                int from2 = from1;
                for (int i2 = 0; i2 < n2; i2++, from2 += s2)
                {
                    int from3 = from2;
                    for (int i3 = 0; i3 < n3; i3++, from3 += s3, to += n4 * size) Line(arena, from3, s4, to, n4, size);
                }
            }
        }
    }

    /// <summary>Copies <paramref name="count"/> elements of <paramref name="size"/> bytes that are <paramref name="stride"/> bytes apart to
    /// consecutive places.</summary>
    private static void Line(Bytes arena, int from, int stride, int to, int count, int size)
    {
        if (stride == size || count == 1)
        {
            Memory.Copy(arena, from, arena, to, count * size);
            return;
        }
        if (size == 1)
        {
            for (int i = 0; i < count; i++, from += stride) arena[to + i] = arena[from];
            return;
        }
        for (int i = 0; i < count; i++, from += stride)
        {
            for (int b = 0; b < size; b++) arena[to++] = arena[from + b];
        }
    }
}
