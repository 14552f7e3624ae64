namespace EdgeCnn;

internal static unsafe partial class DepthwiseConv2D
{
    /// <summary>
    /// From the error δ of the output, with multiplier m: ∂L/∂x[place, i] is the sum over windows and over the channels c of i of
    /// δ[window, c] · w[c, tap at the place]; ∂L/∂w[c, tap] = Σ over windows of δ[window, c] · x[tap's place, c / m];
    /// ∂L/∂b[c] = Σ over windows of δ[window, c].
    /// </summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        if (LearnRecord.Has(model, record, LearnRecord.GivesInputError)) GiveError(model, op, record, arena, weights, weightsAt);
        if (LearnRecord.Has(model, record, LearnRecord.TrainsBiases)) Train(model, op, record, arena);
    }

    /// <summary>Scratch of the way back: the sums of one channel, and what lies under its window.</summary>
    internal static long LearnScratchBytes(Bytes model, int op) => 4 * Taps(model, op) + ((Taps(model, op) + 3) & ~3);

    private static void GiveError(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), taps = Taps(model, op);
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), target = Backward.Target(model, record);
        int elements = TensorRecord.Elements(model, OperatorRecord.Input(model, op)), multiplier = Multiplier(model, op);
        int n = 0, y = 0, x = 0, at = 0;
        ErrorTensor.Clear(arena, target, elements);
        do
        {
            for (int c = 0; c < channels; c++, at++)
            {
                int delta = Backward.Scaled(model, record, c, ErrorTensor.Element(arena, error, at));
                if (delta != 0)
                    Scatter(model, op, arena, n, y, x, c / multiplier, delta, weights, weightsAt + c * taps, target + ErrorTensor.HeaderBytes);
            }
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
        Backward.Finish(model, record, arena, elements, Backward.Exponent(model, record, ErrorTensor.Exponent(arena, error)));
    }

    /// <summary>Adds δ · w[tap] to the sums of the places under the window at (n, y, x) in one input channel.</summary>
    private static void Scatter(
        Bytes model, int op, Bytes arena, int n, int y, int x, int channel, int delta, Bytes weights, int weightsAt, int sums)
    {
        int input = OperatorRecord.Input(model, op), height = TensorRecord.Dimension(model, input, 1);
        int width = TensorRecord.Dimension(model, input, 2), channels = TensorRecord.Dimension(model, input, 3);
        int kernelHeight = Window.KernelHeight(model, op), kernelWidth = Window.KernelWidth(model, op);
        int row = y * Window.StrideY(model, op) - Window.PadTop(model, op);
        int left = x * Window.StrideX(model, op) - Window.PadLeft(model, op);
        for (int ky = 0; ky < kernelHeight; ky++, row += Window.DilationY(model, op))
        {
            bool inside = row >= 0 && row < height;
            int column = left;
            for (int kx = 0; kx < kernelWidth; kx++, column += Window.DilationX(model, op), weightsAt++)
            {
                if (!inside || column < 0 || column >= width) continue;
                int sum = sums + 4 * (((n * height + row) * width + column) * channels + channel);
                Memory.SetInt32(arena, sum, Memory.Int32(arena, sum) + delta * (sbyte)weights[weightsAt]);
            }
        }
    }

    private static void Train(Bytes model, int op, int record, Bytes arena)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), taps = Taps(model, op);
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), exponent = IntegerSgd.Exponent(model, arena, error);
        int sums = LearnRecord.Place(model, record, LearnRecord.ScratchAt), elements = TensorRecord.Elements(model, output);
        int zeroPoint = TensorRecord.ZeroPoint(model, OperatorRecord.Input(model, op));
        uint key = IntegerSgd.Key(model, record, arena);
        for (int c = 0; c < channels; c++)
        {
            int shift = 0, change = 0, total = Backward.Total(arena, error, c, channels, elements, ref shift);
            if (LearnRecord.Has(model, record, LearnRecord.TrainsWeights) && IntegerSgd.IsTrained(model, record, c))
            {
                int shifted = SumGradients(model, op, record, arena, channels, c, shift, sums);
                change = IntegerSgd.AddSums(model, record, arena, channels, c, taps, sums, exponent + shift, key, zeroPoint * shifted);
            }
            IntegerSgd.AddBias(model, record, arena, channels, c, total, exponent, key, zeroPoint, change);
        }
    }

    /// <summary>sums[tap] = Σ over windows of δ[window, c] · x[tap's place, c / m]; returns Σ δ.</summary>
    private static int SumGradients(Bytes model, int op, int record, Bytes arena, int channels, int c, int shift, int sums)
    {
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt);
        int image = LearnRecord.Place(model, record, LearnRecord.SavedInputAt), taps = Taps(model, op), window = sums + 4 * taps;
        int total = 0, positions = Window.Positions(model, op);
        Memory.Fill(arena, sums, 4 * taps, 0);
        for (int p = 0, at = c; p < positions; p++, at += channels)
        {
            int delta = ErrorTensor.Shifted(ErrorTensor.Element(arena, error, at), shift);
            if (delta != 0)
            {
                Patch.Gather(model, op, arena, image, p, 1, c / Multiplier(model, op), 1, window);
                GradientTile.AddScaled(arena, sums, delta, arena, window, taps);
                total += delta;
            }
        }
        return total;
    }
}
