namespace EdgeCnn;

internal static unsafe partial class BatchMatMul
{
    internal static void Run(Bytes model, int op, Bytes arena, Bytes second, int secondAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), depth = TensorRecord.Channels(model, input);
        int rows = Rows(model, output), columns = TensorRecord.Channels(model, output), batches = Batches(model, output);
        int size = ElementType.Bytes(TensorRecord.Type(model, input)), matrix = rows * depth * size;
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        int step = TensorRecord.ByteCount(model, input) == matrix ? 0 : matrix;
        int step2 = Memory.UInt16(model, op + Shared2At) == 1 ? 0 : columns * depth * size;
        for (int b = 0; b < batches; b++, from += step, secondAt += step2, to += rows * columns * size)
        {
            if (size == 2) Wide(model, op, arena, from, second, secondAt, to, rows, columns, depth);
            else Narrow(model, op, arena, from, second, secondAt, to, rows, columns, depth);
        }
    }

    private static void Narrow(
        Bytes model, int op, Bytes arena, int from, Bytes second, int secondAt, int to, int rows, int columns, int depth)
    {
        int multiplier = Memory.Int32(model, op + MultiplierAt), shift = Memory.Int32(model, op + ShiftAt);
        int zeroPoint = TensorRecord.ZeroPoint(model, OperatorRecord.Input(model, op)), zeroPoint2 = Memory.Int16(model, op + ZeroPoint2At);
        int outputZero = TensorRecord.ZeroPoint(model, OperatorRecord.Output(model, op)), columnSums = OperatorRecord.Scratch(model, op);
        for (int first = 0; first < columns; first += Tile.Channels)
        {
            int count = columns - first < Tile.Channels ? columns - first : Tile.Channels, at = secondAt + first * depth;
            int sums = columnSums + 4 * count;
            for (int i = 0; i < count; i++) Memory.SetInt32(arena, columnSums + 4 * i, zeroPoint * Sum(second, at + i * depth, depth));
            for (int r = 0; r < rows; r += Tile.Rows)
            {
                int rowCount = rows - r < Tile.Rows ? rows - r : Tile.Rows;
                Tile.Dot(arena, from + r * depth, depth, rowCount, second, at, count, depth, arena, sums);
                for (int k = 0; k < rowCount; k++)
                {
                    // Σ (x − zx)(y − zy) = Σ xy − zx · Σ y − zy · (Σ x − K · zx)
                    int rest = zeroPoint2 * (Sum(arena, from + (r + k) * depth, depth) - depth * zeroPoint);
                    int line = to + (r + k) * columns + first;
                    for (int i = 0; i < count; i++)
                    {
                        int sum = Memory.Int32(arena, sums + 4 * (k * count + i)) - Memory.Int32(arena, columnSums + 4 * i) - rest;
                        arena[line + i] = (byte)Requantize.Clamp(Requantize.Multiply(sum, multiplier, shift) + outputZero, -128, 127);
                    }
                }
            }
        }
    }

    private static void Wide(
        Bytes model, int op, Bytes arena, int from, Bytes second, int secondAt, int to, int rows, int columns, int depth)
    {
        int multiplier = Memory.Int32(model, op + MultiplierAt), shift = Memory.Int32(model, op + ShiftAt);
        for (int r = 0; r < rows; r++, from += 2 * depth)
        {
            for (int j = 0; j < columns; j++, to += 2)
            {
                long sum = WideTile.DotInt16(arena, from, second, secondAt + 2 * j * depth, depth);
                Memory.SetInt16(arena, to, Requantize.Clamp(Requantize.MultiplyWide(sum, multiplier, shift), -32768, 32767));
            }
        }
    }

    private static int Sum(Bytes bytes, int at, int count)
    {
        int sum = 0;
        for (int k = 0; k < count; k++) sum += (sbyte)bytes[at + k];
        return sum;
    }
}
