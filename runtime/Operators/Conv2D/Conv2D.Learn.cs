namespace EdgeCnn;

internal static unsafe partial class Conv2D
{
    /// <summary>
    /// From the error δ of the output: ∂L/∂x is the sum over all windows of what their errors times their weights give to the places under
    /// them; ∂L/∂w[c, k] = Σ over windows of δ[window, c] · x[window, k]; ∂L/∂b[c] = Σ over windows of δ[window, c].
    /// </summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        if (LearnRecord.Has(model, record, LearnRecord.GivesInputError)) GiveError(model, op, record, arena, weights, weightsAt);
        if (LearnRecord.Has(model, record, LearnRecord.TrainsBiases)) Train(model, op, record, arena);
    }

    // What a channel has beside its sums: Σ δ, the bits that its errors lose, Σ of what is left of them.
    private const int ChannelBytes = 12;
    private const int ShiftAt = 4;
    private const int ShiftedAt = 8;

    /// <summary>Scratch of the way back: totals and sums of the channels of a block, and a patch; or the sums of a patch.</summary>
    internal static long LearnScratchBytes(Bytes model, int op, int channelsAtOnce)
    {
        long depth = Window.Taps(model, op), training = channelsAtOnce * (ChannelBytes + 4 * depth) + ((depth + 3) & ~3L);
        return training > 4 * depth ? training : 4 * depth;
    }

    private static void GiveError(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), depth = (int)Window.Taps(model, op);
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), target = Backward.Target(model, record);
        int patch = LearnRecord.Place(model, record, LearnRecord.ScratchAt), n = 0, y = 0, x = 0, at = 0;
        int elements = TensorRecord.Elements(model, OperatorRecord.Input(model, op));
        ErrorTensor.Clear(arena, target, elements);
        do
        {
            bool any = false;
            for (int c = 0; c < channels; c++)
            {
                int delta = Backward.Scaled(model, record, c, ErrorTensor.Element(arena, error, at + c));
                if (delta == 0) continue;
                if (!any) Memory.Fill(arena, patch, 4 * depth, 0);
                any = true;
                GradientTile.AddScaled(arena, patch, delta, weights, weightsAt + c * depth, depth);
            }
            if (any) Patch.Scatter(model, op, arena, n, y, x, patch, target + ErrorTensor.HeaderBytes);
            at += channels;
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
        Backward.Finish(model, record, arena, elements, Backward.Exponent(model, record, ErrorTensor.Exponent(arena, error)));
    }

    private static void Train(Bytes model, int op, int record, Bytes arena)
    {
        int channels = TensorRecord.Channels(model, OperatorRecord.Output(model, op)), block = LearnRecord.ChannelsAtOnce(model, record);
        for (int first = 0; first < channels; first += block)
            TrainBlock(model, op, record, arena, channels, first, channels - first < block ? channels - first : block);
    }

    private static void TrainBlock(Bytes model, int op, int record, Bytes arena, int channels, int first, int count)
    {
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), depth = (int)Window.Taps(model, op);
        int totals = LearnRecord.Place(model, record, LearnRecord.ScratchAt), sums = totals + ChannelBytes * count;
        int elements = TensorRecord.Elements(model, OperatorRecord.Output(model, op));
        for (int i = 0; i < count; i++)
        {
            int shift = 0, total = totals + ChannelBytes * i;
            Memory.SetInt32(arena, total, Backward.Total(arena, error, first + i, channels, elements, ref shift));
            Memory.SetInt32(arena, total + ShiftAt, shift);
            Memory.SetInt32(arena, total + ShiftedAt, 0);
        }
        if (LearnRecord.Has(model, record, LearnRecord.TrainsWeights))
            SumGradients(model, op, record, arena, channels, first, count, depth, totals, sums);
        Move(model, op, record, arena, channels, first, count, totals, sums);
    }

    /// <summary>Moves weights and biases of a block of channels.</summary>
    private static void Move(Bytes model, int op, int record, Bytes arena, int channels, int first, int count, int totals, int sums)
    {
        int depth = (int)Window.Taps(model, op), zeroPoint = TensorRecord.ZeroPoint(model, OperatorRecord.Input(model, op));
        int exponent = IntegerSgd.Exponent(model, arena, LearnRecord.Place(model, record, LearnRecord.OutputErrorAt));
        bool trainsWeights = LearnRecord.Has(model, record, LearnRecord.TrainsWeights);
        uint key = IntegerSgd.Key(model, record, arena);
        for (int i = 0; i < count; i++)
        {
            int total = totals + ChannelBytes * i, change = 0;
            if (trainsWeights && IntegerSgd.IsTrained(model, record, first + i))
                change = IntegerSgd.AddSums(
                    model, record, arena, channels, first + i, depth, sums + 4 * i * depth, exponent + Memory.Int32(arena, total + ShiftAt), key,
                    zeroPoint * Memory.Int32(arena, total + ShiftedAt));
            IntegerSgd.AddBias(model, record, arena, channels, first + i, Memory.Int32(arena, total), exponent, key, zeroPoint, change);
        }
    }

    /// <summary>sums[i][k] = Σ over windows of δ[window, first + i] · x[window, k], and beside it the Σ δ of it.</summary>
    private static void SumGradients(
        Bytes model, int op, int record, Bytes arena, int channels, int first, int count, int depth, int totals, int sums)
    {
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt);
        int image = LearnRecord.Place(model, record, LearnRecord.SavedInputAt), patch = sums + 4 * count * depth;
        int inputChannels = TensorRecord.Channels(model, OperatorRecord.Input(model, op)), positions = Window.Positions(model, op);
        Memory.Fill(arena, sums, 4 * count * depth, 0);
        for (int p = 0, at = first; p < positions; p++, at += channels)
        {
            bool any = false;
            for (int i = 0; i < count; i++)
            {
                int total = totals + ChannelBytes * i;
                int delta = ErrorTensor.Shifted(ErrorTensor.Element(arena, error, at + i), Memory.Int32(arena, total + ShiftAt));
                if (delta == 0 || !IntegerSgd.IsTrained(model, record, first + i)) continue;
                if (!any) Patch.Gather(model, op, arena, image, p, 1, 0, inputChannels, patch);
                any = true;
                GradientTile.AddScaled(arena, sums + 4 * i * depth, delta, arena, patch, depth);
                Memory.SetInt32(arena, total + ShiftedAt, Memory.Int32(arena, total + ShiftedAt) + delta);
            }
        }
    }
}
