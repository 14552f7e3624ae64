namespace EdgeCnn;

/// <summary>
/// The error of the loss with respect to the tensor that it compares with the target. Softmax with cross-entropy: δ = p − t, p = softmax of
/// the tensor in fixed point. Half the squared error: δ = y − t. The row is the whole tensor: a sample at a time.
/// </summary>
internal static unsafe class LossGradient
{
    /// <summary>Fraction bits of a probability in an error.</summary>
    private const int ProbabilityBits = 30;

    /// <summary>Fraction bits of a probability in a target.</summary>
    internal const int TargetBits = 14;

    /// <summary>Notes loss and answer in the <see cref="LearnState"/>, and leaves the error at <see cref="LearnFile.LossError"/>.</summary>
    internal static void Run(Bytes model, Bytes arena)
    {
        int tensor = ModelFile.Tensor(model, LearnFile.LossTensor(model)), count = TensorRecord.Elements(model, tensor);
        int from = TensorRecord.ArenaOffset(model, tensor), state = LearnFile.State(model), largest = 0;
        for (int i = 1; i < count; i++)
            if ((sbyte)arena[from + i] > (sbyte)arena[from + largest]) largest = i;
        Memory.SetInt32(arena, state + LearnState.AnswerAt, largest);
        if (LearnFile.Loss(model) == LearnFile.CrossEntropy) CrossEntropy(model, arena, from, count, (sbyte)arena[from + largest]);
        else SquaredError(model, arena, from, count);
    }

    private static void CrossEntropy(Bytes model, Bytes arena, int from, int count, int largest)
    {
        // The section has a softmax's three fields in a softmax's order.
        int fields = LearnFile.Section(model) + LearnFile.LossMultiplierAt - Softmax.MultiplierAt;
        int error = LearnFile.LossError(model), label = LearnState.Label(model, arena);
        int sum = Softmax.SumOfExponentials(model, fields, arena, from, count, largest);
        int zeros = FixedPoint.LeadingZeros((uint)sum), scale = FixedPoint.ReciprocalOfOnePlus((int)(((uint)sum << zeros) - 0x80000000));
        int others = 0, exponent = 0;
        for (int i = 0; i < count; i++)
        {
            int difference = (sbyte)arena[from + i] - largest;
            int p = Requantize.MultiplyHigh(scale, Softmax.Exponential(model, fields, difference)) >> (13 - zeros);
            if (label < 0) p -= Target(model, arena, i) << (ProbabilityBits - TargetBits);
            else if (i != label) others += p;
            else exponent = difference;
            Memory.SetInt32(arena, error + ErrorTensor.HeaderBytes + 4 * i, p);
        }
        // p − 1 of the label is what the others have: with more digits than a difference to 1 would leave it.
        if (label >= 0 && label < count) Memory.SetInt32(arena, error + ErrorTensor.HeaderBytes + 4 * label, -others);
        int loss = label < 0 ? 0 : FixedPoint.Logarithm(sum) - Softmax.Exponent(model, fields, exponent);
        Memory.SetInt32(arena, LearnFile.State(model) + LearnState.LossAt, loss >> 10);
        ErrorTensor.Normalize(arena, error, count, -ProbabilityBits, TileCode.Portable);
    }

    private static void SquaredError(Bytes model, Bytes arena, int from, int count)
    {
        int section = LearnFile.Section(model), error = LearnFile.LossError(model), loss = 0;
        int mantissa = Memory.Int32(model, section + LearnFile.LossMultiplierAt);
        for (int i = 0; i < count; i++)
        {
            // An int16 target leaves 17 bits, the mantissa has 14.
            int difference = (sbyte)arena[from + i] - Target(model, arena, i);
            int square = difference * difference >> 1;
            loss = loss > int.MaxValue - square ? int.MaxValue : loss + square;
            Memory.SetInt32(arena, error + ErrorTensor.HeaderBytes + 4 * i, difference * mantissa);
        }
        Memory.SetInt32(arena, LearnFile.State(model) + LearnState.LossAt, loss);
        ErrorTensor.Normalize(arena, error, count, Memory.Int32(model, section + LearnFile.LossShiftAt), TileCode.Portable);
    }

    private static int Target(Bytes model, Bytes arena, int i) => Memory.Int16(arena, LearnFile.Target(model) + 2 * i);
}
