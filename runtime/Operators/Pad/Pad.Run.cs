namespace EdgeCnn;

internal static unsafe partial class Pad
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int size = ElementType.Bytes(TensorRecord.Type(model, input)), to = TensorRecord.ArenaOffset(model, output);
        FillBorder(arena, to, TensorRecord.Elements(model, output), size, Memory.Int32(model, op + ValueAt));
        Copy(model, op, arena, 0, TensorRecord.ArenaOffset(model, input), to, TensorRecord.ByteCount(model, output));
    }

    /// <summary>Copies what <paramref name="axis"/> and the axes inside it hold, line by line, into the <paramref name="bytes"/> at
    /// <paramref name="to"/>; returns where the rest of the input is.</summary>
    private static int Copy(Bytes model, int op, Bytes arena, int axis, int from, int to, int bytes)
    {
        int input = OperatorRecord.Input(model, op), count = TensorRecord.Dimension(model, input, axis);
        int step = bytes / TensorRecord.Dimension(model, OperatorRecord.Output(model, op), axis);
        to += step * Before(model, op, axis);
        if (axis == TensorRecord.Rank(model, input) - 1)
        {
            Memory.Copy(arena, from, arena, to, count * step);
            return from + count * step;
        }
        for (; count > 0; count--, to += step) from = Copy(model, op, arena, axis + 1, from, to, step);
        return from;
    }

    private static void FillBorder(Bytes arena, int to, int count, int size, int value)
    {
        if (size == 1)
        {
            Memory.Fill(arena, to, count, (byte)value);
            return;
        }
        for (int i = 0; i < count; i++)
        {
            for (int b = 0; b < size; b++) arena[to++] = (byte)(value >> (8 * b));
        }
    }

    private static int Before(Bytes model, int op, int axis) => Memory.Int32(model, OperatorRecord.Params(model, op) + 4 * axis);
}
