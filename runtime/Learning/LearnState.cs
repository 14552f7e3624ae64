namespace EdgeCnn;

/// <summary>What learning remembers from step to step, 32 bytes in the arena at <see cref="LearnFile.State"/>.</summary>
public static unsafe class LearnState
{
    /// <summary>Bytes of the state.</summary>
    public const int Bytes = 32;

    /// <summary>Label of a sample whose target is the tensor at <see cref="LearnFile.Target"/>.</summary>
    public const int TargetTensor = -1;

    internal const int StepAt = 0x00;
    internal const int RateShiftAt = 0x04;
    internal const int LabelAt = 0x08;
    internal const int LossAt = 0x0C;
    internal const int AnswerAt = 0x10;
    internal const int BatchedAt = 0x14;
    internal const int ReservedAt = 0x18;

    /// <summary>Samples learned since <see cref="Learner.Reset(Bytes, Bytes)"/>.</summary>
    public static int Step(Bytes model, Bytes arena) => Memory.Int32(arena, LearnFile.State(model) + StepAt);

    /// <summary>How often the rate was halved (negative: doubled).</summary>
    public static int RateShift(Bytes model, Bytes arena) => Memory.Int32(arena, LearnFile.State(model) + RateShiftAt);

    /// <summary>Halves the file's rate <paramref name="shift"/> times; negative numbers double it.</summary>
    public static void SetRateShift(Bytes model, Bytes arena, int shift) => Memory.SetInt32(arena, LearnFile.State(model) + RateShiftAt, shift);

    /// <summary>Class of the sample in the arena, or <see cref="TargetTensor"/>.</summary>
    public static int Label(Bytes model, Bytes arena) => Memory.Int32(arena, LearnFile.State(model) + LabelAt);

    /// <summary>Says what the sample in the arena is.</summary>
    public static void SetLabel(Bytes model, Bytes arena, int label) => Memory.SetInt32(arena, LearnFile.State(model) + LabelAt, label);

    /// <summary>Loss of the last sample before it was learned. Cross-entropy: natural logarithm in 1/2¹⁶; squared error: the sum of squared
    /// differences in integers of the tensor.</summary>
    public static int Loss(Bytes model, Bytes arena) => Memory.Int32(arena, LearnFile.State(model) + LossAt);

    /// <summary>What the model took the last sample for before it learned it.</summary>
    public static int Answer(Bytes model, Bytes arena) => Memory.Int32(arena, LearnFile.State(model) + AnswerAt);
}
