namespace EdgeCnn;

internal static unsafe partial class AxisGather
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), last = TensorRecord.MaxRank - 1;
        while (!HasTable(model, op, last)) last--;
        int bytes = TensorRecord.ByteCount(model, input);
        Copy(model, op, arena, 0, last, TensorRecord.ArenaOffset(model, input), bytes, TensorRecord.ArenaOffset(model, output));
    }

    /// <summary>Copies the places that <paramref name="axis"/> and the axes inside it pick of the <paramref name="bytes"/> at
    /// <paramref name="from"/>; what lies inside the last axis with a table moves in one piece. Returns where the next ones go.</summary>
    private static int Copy(Bytes model, int op, Bytes arena, int axis, int last, int from, int bytes, int to)
    {
        if (axis > last)
        {
            Memory.Copy(arena, from, arena, to, bytes);
            return to + bytes;
        }
        int count = TensorRecord.Dimension(model, OperatorRecord.Output(model, op), axis), table = Table(model, op, axis);
        int step = bytes / TensorRecord.Dimension(model, OperatorRecord.Input(model, op), axis);
        for (int i = 0; i < count; i++)
        {
            int place = table == 0 ? i : Memory.UInt16(model, table + 2 * i);
            to = Copy(model, op, arena, axis + 1, last, from + step * place, step, to);
        }
        return to;
    }
}
