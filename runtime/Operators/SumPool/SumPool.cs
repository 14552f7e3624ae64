namespace EdgeCnn;

/// <summary>
/// The sum under each window times a factor, plus a bias, channel by channel: y[n, oy, ox, c] = β[c] · Σ x + b[c] (Bouvrie, "Notes on
/// Convolutional Neural Networks", 2006, section 3.2), with fused requantization and clamp. A mean is a sum whose factor is divided by the
/// places of the window. Places outside the input count as real zero. A factor is an int8 weight, its sign at least, times the multiplier.
/// Input N×H×W×C, weights C, output N×Oh×Ow×C. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class SumPool
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 56;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        return error == ModelError.None ? Pool.CheckWindow(model, op, ref where) : error;
    }

    internal static long WeightBytes(Bytes model, int op) => WeightedRows.OutputChannels(model, op);

    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output);
        int line = Window.LineBytes(model, op), to = TensorRecord.ArenaOffset(model, output);
        int zeroPoint = TensorRecord.ZeroPoint(model, OperatorRecord.Input(model, op)), outputZero = TensorRecord.ZeroPoint(model, output);
        int count = WeightedRows.Multipliers(model, op), step = count > 1 ? 1 : 0, shifts = requantAt + 4 * count;
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op), n = 0, y = 0, x = 0;
        do
        {
            int first = Window.FirstPlace(model, op, n, y, x), lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            int zeros = lines * places * zeroPoint;
            for (int c = 0; c < channels; c++)
            {
                // A window has at most 255 · 255 places of ±255, times a weight of 2⁷: below 2³¹.
                int sum = AveragePool.Sum(arena, first + c, line, lines, places, channels) - zeros;
                sum = sum * (sbyte)weights[weightsAt + c] + Memory.Int32(bias, biasAt + 4 * c);
                int q = Requantize.Multiply(sum, Memory.Int32(requant, requantAt + 4 * step * c), (sbyte)requant[shifts + step * c]);
                arena[to + c] = (byte)Requantize.Clamp(q + outputZero, min, max);
            }
            to += channels;
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
    }
}
