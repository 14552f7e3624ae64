namespace EdgeCnn;

internal static unsafe partial class FullyConnected
{
    /// <summary>As <see cref="Learn"/>, two channels at a time.</summary>
    internal static void LearnLowered<TTile>(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
        where TTile : struct, IGradientTile
    {
        if (LearnRecord.Has(model, record, LearnRecord.GivesInputError))
        {
            int rows = Rows(model, OperatorRecord.Output(model, op)), depth = Depth(model, op), target = Backward.Target(model, record);
            int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt);
            ErrorTensor.Clear(arena, target, rows * depth);
            GiveError<TTile>(
                model, op, record, (short*)(arena + error + ErrorTensor.HeaderBytes), (sbyte*)weights + weightsAt,
                (int*)(arena + target + ErrorTensor.HeaderBytes));
            Backward.Finish(model, record, arena, rows * depth, Backward.Exponent(model, record, ErrorTensor.Exponent(arena, error)));
        }
        if (LearnRecord.Has(model, record, LearnRecord.TrainsBiases)) Train(model, op, record, arena);
    }

    private static void GiveError<TTile>(Bytes model, int op, int record, short* deltas, sbyte* weights, int* sums)
        where TTile : struct, IGradientTile
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), depth = Depth(model, op);
        for (int r = Rows(model, output); r > 0; r--, deltas += channels, sums += depth)
        {
            int waiting = 0;
            sbyte* row = null;
            for (int c = 0; c < channels; c++)
            {
                int factor = deltas[c] == 0 ? 0 : Backward.Scaled(model, record, c, deltas[c]);
                if (factor == 0) continue;
                sbyte* next = weights + (nint)c * depth;
                if (row != null) TTile.AddScaled(sums, waiting, row, factor, next, depth);
                row = row == null ? next : null;
                waiting = factor;
            }
            if (row != null) TTile.AddScaled(sums, waiting, row, depth);
        }
    }
}
