namespace EdgeCnn;

internal static unsafe partial class Lookup
{
    /// <summary>Bytes of the table of derivatives: an int16 for every input byte.</summary>
    internal const int DerivativeBytes = 2 * TableBytes;

    /// <summary>∂L/∂x[i] = δ[i] · f′(x[i]), f′ being a table in 1/2¹⁵ of 2^BackExponent, in the place of the step block.</summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena)
    {
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), target = Backward.Target(model, record);
        int input = LearnRecord.Place(model, record, LearnRecord.SavedInputAt), derivatives = LearnRecord.Steps(model, record);
        int count = TensorRecord.Elements(model, OperatorRecord.Input(model, op));
        for (int i = 0; i < count; i++)
        {
            int delta = ErrorTensor.Element(arena, error, i) * Memory.Int16(model, derivatives + 2 * arena[input + i]);
            Memory.SetInt32(arena, target + ErrorTensor.HeaderBytes + 4 * i, delta);
        }
        Backward.Finish(model, record, arena, count, ErrorTensor.Exponent(arena, error) + LearnRecord.BackExponent(model, record) - 15);
    }
}
