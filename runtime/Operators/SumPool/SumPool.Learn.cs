namespace EdgeCnn;

internal static unsafe partial class SumPool
{
    /// <summary>
    /// From the error δ of the output (Bouvrie 2006, section 3.2): ∂L/∂x[place, c] = Σ over the windows above the place of δ[window, c] · β[c],
    /// ∂L/∂β[c] = Σ over windows of δ[window, c] · Σ x under it, ∂L/∂b[c] = Σ over windows of δ[window, c].
    /// </summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        if (LearnRecord.Has(model, record, LearnRecord.GivesInputError)) GiveError(model, op, record, arena, weights, weightsAt);
        if (!LearnRecord.Has(model, record, LearnRecord.TrainsBiases)) return;
        int channels = WeightedRows.OutputChannels(model, op);
        for (int c = 0; c < channels; c++) Train(model, op, record, arena, channels, c);
    }

    private static void GiveError(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), n = 0, y = 0, x = 0, at = 0;
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), target = Backward.Target(model, record);
        int input = OperatorRecord.Input(model, op), elements = TensorRecord.Elements(model, input);
        int images = TensorRecord.ArenaOffset(model, input), line = Window.LineBytes(model, op);
        ErrorTensor.Clear(arena, target, elements);
        do
        {
            int window = Window.FirstPlace(model, op, n, y, x) - images, lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            for (int c = 0; c < channels; c++, at++)
            {
                int delta = Backward.Scaled(model, record, c, ErrorTensor.Element(arena, error, at)) * (sbyte)weights[weightsAt + c];
                if (delta != 0)
                    AveragePool.Spread(arena, target + ErrorTensor.HeaderBytes + 4 * (window + c), line, lines, places, channels, delta);
            }
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
        Backward.Finish(model, record, arena, elements, Backward.Exponent(model, record, ErrorTensor.Exponent(arena, error)));
    }

    /// <summary>A factor has one gradient: a sum in 64 bits, δ of 15 bits times sums below 2²⁴, of which 31 bits are left.</summary>
    private static void Train(Bytes model, int op, int record, Bytes arena, int channels, int c)
    {
        int output = OperatorRecord.Output(model, op), input = OperatorRecord.Input(model, op), n = 0, y = 0, x = 0, at = c, change = 0, total = 0;
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), exponent = IntegerSgd.Exponent(model, arena, error);
        bool trainsWeights = LearnRecord.Has(model, record, LearnRecord.TrainsWeights) && IntegerSgd.IsTrained(model, record, c);
        int saved = LearnRecord.Place(model, record, LearnRecord.SavedInputAt) - TensorRecord.ArenaOffset(model, input);
        int line = Window.LineBytes(model, op), zeroPoint = TensorRecord.ZeroPoint(model, input);
        uint key = IntegerSgd.Key(model, record, arena);
        long gradient = 0;
        do
        {
            int delta = ErrorTensor.Element(arena, error, at);
            total += delta;
            at += channels;
            if (delta == 0 || !trainsWeights) continue;
            int lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            int sum = AveragePool.Sum(arena, saved + Window.FirstPlace(model, op, n, y, x) + c, line, lines, places, channels);
            gradient += (long)delta * (sum - lines * places * zeroPoint);
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
        if (gradient != 0)
        {
            int excess = 0, scratch = LearnRecord.Place(model, record, LearnRecord.ScratchAt);
            for (; gradient > int.MaxValue || gradient < int.MinValue; gradient >>= 1) excess++;
            Memory.SetInt32(arena, scratch, (int)gradient);
            change = IntegerSgd.AddSums(model, record, arena, channels, c, 1, scratch, exponent + excess, key, 0);
        }
        // The bias holds nothing of the zero point, so that the change of the factor does not matter to it.
        if (total != 0 || change != 0) IntegerSgd.AddBias(model, record, arena, channels, c, total, exponent, key, 0, change);
    }
}
