namespace EdgeCnn;

internal static unsafe partial class Pad
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), rank = TensorRecord.Rank(model, input);
        int size = ElementType.Bytes(TensorRecord.Type(model, input)), to = TensorRecord.ArenaOffset(model, output);
        FillBorder(arena, to, TensorRecord.Elements(model, output), size, Memory.Int32(model, op + ValueAt));

        // Lines along the innermost axis, which is the last of the rank; the four axes outside it count from the left, filled up with 1.
        int line = size * TensorRecord.Dimension(model, input, rank - 1), from = TensorRecord.ArenaOffset(model, input);
        int step3 = size * TensorRecord.Dimension(model, output, rank - 1), step2 = step3 * Size(model, output, rank, 3);
        int step1 = step2 * Size(model, output, rank, 2), step0 = step1 * Size(model, output, rank, 1);
        int to0 = to + size * Before(model, op, rank, 4) + step3 * Before(model, op, rank, 3) + step2 * Before(model, op, rank, 2)
            + step1 * Before(model, op, rank, 1) + step0 * Before(model, op, rank, 0);
        int n0 = Size(model, input, rank, 0), n1 = Size(model, input, rank, 1), n2 = Size(model, input, rank, 2);
        int n3 = Size(model, input, rank, 3);
        for (int i0 = 0; i0 < n0; i0++, to0 += step0)
        {
            int to1 = to0;
            for (int i1 = 0; i1 < n1; i1++, to1 += step1)
            {
                int to2 = to1;
                for (int i2 = 0; i2 < n2; i2++, to2 += step2)
                {
                    int to3 = to2;
                    for (int i3 = 0; i3 < n3; i3++, to3 += step3, from += line) Memory.Copy(arena, from, arena, to3, line);
                }
            }
        }
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

    /// <summary>Size along axis <paramref name="axis"/> of five, of which a tensor of a lower rank has the last ones.</summary>
    private static int Size(Bytes model, int tensor, int rank, int axis) =>
        axis < TensorRecord.MaxRank - rank ? 1 : TensorRecord.Dimension(model, tensor, axis - (TensorRecord.MaxRank - rank));

    private static int Before(Bytes model, int op, int rank, int axis) => axis < TensorRecord.MaxRank - rank
        ? 0
        : Memory.Int32(model, OperatorRecord.Params(model, op) + 4 * (axis - (TensorRecord.MaxRank - rank)));
}
