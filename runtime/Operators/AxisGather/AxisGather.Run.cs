namespace EdgeCnn;

internal static unsafe partial class AxisGather
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        // What lies inside the last axis with a table moves in one piece.
        int last = 4;
        while (!HasTable(model, op, last)) last--;
        int step4 = ElementType.Bytes(TensorRecord.Type(model, input));
        for (int axis = last + 1; axis < TensorRecord.MaxRank; axis++) step4 *= TensorRecord.Dimension(model, input, axis);
        int piece = step4, n0 = Count(model, output, last, 0), n1 = Count(model, output, last, 1), n2 = Count(model, output, last, 2);
        int n3 = Count(model, output, last, 3), n4 = Count(model, output, last, 4);
        int t0 = Table(model, op, 0), t1 = Table(model, op, 1), t2 = Table(model, op, 2), t3 = Table(model, op, 3);
        int t4 = Table(model, op, 4);
        int step3 = step4 * Count(model, input, last, 4), step2 = step3 * Count(model, input, last, 3);
        int step1 = step2 * Count(model, input, last, 2), step0 = step1 * Count(model, input, last, 1);
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        for (int i0 = 0; i0 < n0; i0++)
        {
            int from0 = from + step0 * Place(model, t0, i0);
            for (int i1 = 0; i1 < n1; i1++)
            {
                int from1 = from0 + step1 * Place(model, t1, i1);
                for (int i2 = 0; i2 < n2; i2++)
                {
                    int from2 = from1 + step2 * Place(model, t2, i2);
                    for (int i3 = 0; i3 < n3; i3++)
                    {
                        int from3 = from2 + step3 * Place(model, t3, i3);
                        for (int i4 = 0; i4 < n4; i4++, to += piece)
                            Memory.Copy(arena, from3 + step4 * Place(model, t4, i4), arena, to, piece);
                    }
                }
            }
        }
    }

    /// <summary>Size along an axis up to <paramref name="last"/>; 1 for those inside a piece.</summary>
    private static int Count(Bytes model, int tensor, int last, int axis) => axis > last ? 1 : TensorRecord.Dimension(model, tensor, axis);

    private static int Place(Bytes model, int table, int index) => table == 0 ? index : Memory.UInt16(model, table + 2 * index);
}
