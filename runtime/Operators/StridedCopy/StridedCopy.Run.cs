namespace EdgeCnn;

internal static unsafe partial class StridedCopy
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), size = ElementType.Bytes(TensorRecord.Type(model, input));
        int at = OperatorRecord.Params(model, op), from = TensorRecord.ArenaOffset(model, input) + size * Memory.Int32(model, at);
        Copy(model, at, arena, 0, size, from, TensorRecord.ArenaOffset(model, OperatorRecord.Output(model, op)));
    }

    /// <summary>Copies the elements along <paramref name="axis"/> and the axes inside it; returns where the next ones go.</summary>
    /// <param name="model">The file.</param>
    /// <param name="at">Offset of the params block.</param>
    /// <param name="arena">Arena memory.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="size">Bytes of an element.</param>
    /// <param name="from">Where its first element is.</param>
    /// <param name="to">Where it goes.</param>
    private static int Copy(Bytes model, int at, Bytes arena, int axis, int size, int from, int to)
    {
        int count = Count(model, at, axis), step = size * Stride(model, at, axis);
        if (axis == Axes - 1)
        {
            Line(arena, from, step, to, count, size);
            return to + count * size;
        }
        for (; count > 0; count--, from += step) to = Copy(model, at, arena, axis + 1, size, from, to);
        return to;
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
