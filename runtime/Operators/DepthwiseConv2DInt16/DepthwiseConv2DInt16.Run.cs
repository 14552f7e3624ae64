namespace EdgeCnn;

internal static unsafe partial class DepthwiseConv2DInt16
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output);
        int input = OperatorRecord.Input(model, op), inputs = TensorRecord.Channels(model, input), positions = Window.Positions(model, op);
        int taps = Window.KernelHeight(model, op) * Window.KernelWidth(model, op);
        int count = WeightedRows.Multipliers(model, op), step = count > 1 ? 1 : 0, shifts = requantAt + 4 * count;
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op), patch = OperatorRecord.Scratch(model, op);
        bool isLong = OperatorRecord.Number(model, op) == WideRows.LongSums;
        int multiplierPerInput = channels / inputs, to = TensorRecord.ArenaOffset(model, output);
        for (int p = 0; p < positions; p++)
        {
            Patch.Gather(model, op, arena, TensorRecord.ArenaOffset(model, input), p, 1, 0, inputs, patch);
            for (int i = 0, c = 0; i < inputs; i++)
            {
                for (int m = 0; m < multiplierPerInput; m++, c++, to += 2)
                {
                    long sum = Column(arena, patch + 2 * i, 2 * inputs, weights, weightsAt + c * taps, taps);
                    sum += Memory.Int32(bias, biasAt + 4 * c);
                    int multiplier = Memory.Int32(requant, requantAt + 4 * step * c), shift = (sbyte)requant[shifts + step * c];
                    int q = isLong ? Requantize.MultiplyWide(sum, multiplier, shift) : Requantize.Multiply((int)sum, multiplier, shift);
                    Memory.SetInt16(arena, to, Requantize.Clamp(q, min, max));
                }
            }
        }
    }

    /// <summary>Σ over the taps of one channel, which are <paramref name="stride"/> bytes apart.</summary>
    private static long Column(Bytes arena, int from, int stride, Bytes weights, int weightsAt, int taps)
    {
        long sum = 0;
        for (int k = 0; k < taps; k++, from += stride) sum += Memory.Int16(arena, from) * (sbyte)weights[weightsAt + k];
        return sum;
    }
}
