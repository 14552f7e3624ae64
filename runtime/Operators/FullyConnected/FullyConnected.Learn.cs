namespace EdgeCnn;

internal static unsafe partial class FullyConnected
{
    /// <summary>
    /// From the error δ of the output: ∂L/∂x[r, k] = Σ over c of δ[r, c] · w[c, k], ∂L/∂w[c, k] = Σ over r of δ[r, c] · x[r, k],
    /// ∂L/∂b[c] = Σ over r of δ[r, c].
    /// </summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        if (LearnRecord.Has(model, record, LearnRecord.GivesInputError)) GiveError(model, op, record, arena, weights, weightsAt);
        if (LearnRecord.Has(model, record, LearnRecord.TrainsBiases)) Train(model, op, record, arena);
    }

    /// <summary>Scratch of the way back: with several rows, the sums of a channel.</summary>
    internal static long LearnScratchBytes(Bytes model, int op) =>
        Rows(model, OperatorRecord.Output(model, op)) == 1 ? 0 : 4L * Depth(model, op);

    private static void GiveError(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), rows = Rows(model, output);
        int depth = Depth(model, op), error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), target = Backward.Target(model, record);
        ErrorTensor.Clear(arena, target, rows * depth);
        for (int r = 0; r < rows; r++)
        {
            int sums = target + ErrorTensor.HeaderBytes + 4 * r * depth;
            for (int c = 0; c < channels; c++)
            {
                int delta = Backward.Scaled(model, record, c, ErrorTensor.Element(arena, error, r * channels + c));
                if (delta != 0) GradientTile.AddScaled(arena, sums, delta, weights, weightsAt + c * depth, depth);
            }
        }
        Backward.Finish(model, record, arena, rows * depth, Backward.Exponent(model, record, ErrorTensor.Exponent(arena, error)));
    }

    private static void Train(Bytes model, int op, int record, Bytes arena)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), rows = Rows(model, output);
        int depth = Depth(model, op), error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt);
        int exponent = IntegerSgd.Exponent(model, arena, error), zeroPoint = TensorRecord.ZeroPoint(model, OperatorRecord.Input(model, op));
        int input = LearnRecord.Place(model, record, LearnRecord.SavedInputAt), sums = LearnRecord.Place(model, record, LearnRecord.ScratchAt);
        bool trainsWeights = LearnRecord.Has(model, record, LearnRecord.TrainsWeights);
        uint key = IntegerSgd.Key(model, record, arena);
        for (int c = 0; c < channels; c++)
        {
            int shift = 0, change = 0;
            int total = rows == 1 ? ErrorTensor.Element(arena, error, c) : Backward.Total(arena, error, c, channels, rows * channels, ref shift);
            if (rows == 1 && total == 0) continue;
            if (trainsWeights && IntegerSgd.IsTrained(model, record, c))
            {
                change = rows == 1
                    ? IntegerSgd.AddProduct(model, record, arena, channels, c, depth, total, exponent, key, input, zeroPoint)
                    : TrainRows(model, record, arena, rows, channels, c, depth, error, shift, exponent, key, input, sums, zeroPoint);
            }
            if (total != 0 || change != 0)
                IntegerSgd.AddBias(model, record, arena, channels, c, total, exponent, key, zeroPoint, change);
        }
    }

    private static int TrainRows(
        Bytes model, int record, Bytes arena, int rows, int channels, int c, int depth, int error, int shift, int exponent, uint key,
        int input, int sums, int zeroPoint)
    {
        int total = 0;
        Memory.Fill(arena, sums, 4 * depth, 0);
        for (int r = 0; r < rows; r++)
        {
            int delta = ErrorTensor.Shifted(ErrorTensor.Element(arena, error, r * channels + c), shift);
            if (delta == 0) continue;
            GradientTile.AddScaled(arena, sums, delta, arena, input + r * depth, depth);
            total += delta;
        }
        return IntegerSgd.AddSums(
            model, record, arena, channels, c, depth, sums, exponent + shift, key, zeroPoint * total);
    }
}
