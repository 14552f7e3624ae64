namespace EdgeCnn;

/// <summary>
/// The LEARN section (FORMAT.md, "LEARN"): what trains, in which steps, and where everything that learning needs lies in the arena, which is
/// longer by <see cref="ModelFile.LearningBytes"/> then. All functions but <see cref="Exists"/> want a file that has the section.
/// </summary>
public static unsafe class LearnFile
{
    /// <summary>Bytes of the section's header.</summary>
    public const int HeaderBytes = 0x30;

    /// <summary>Bytes of an entry that says which tensor is kept for the way back.</summary>
    public const int SaveBytes = 8;

    /// <summary>Loss: softmax and cross-entropy.</summary>
    public const int CrossEntropy = 1;

    /// <summary>Loss: half the sum of squared differences to the target.</summary>
    public const int SquaredError = 2;

    /// <summary>Most fraction bits of a weight.</summary>
    public const int MaxFractionBits = 8;

    internal const int LossAt = 0x00;
    internal const int FractionBitsAt = 0x01;
    internal const int RecordsAt = 0x02;
    internal const int SavesAt = 0x04;
    internal const int LossTensorAt = 0x06;
    internal const int SeedAt = 0x08;
    internal const int BaseAt = 0x0C;
    internal const int StateAt = 0x10;
    internal const int TargetAt = 0x14;
    internal const int LossMultiplierAt = 0x18;
    internal const int LossShiftAt = 0x1C;
    internal const int LossMinDifferenceAt = 0x20;
    internal const int MomentumAt = 0x24;
    internal const int BatchAt = 0x26;
    internal const int DecayAt = 0x28;
    internal const int DecayShiftAt = 0x2A;
    internal const int LossErrorAt = 0x2C;

    internal const int SavedTensorAt = 0x00;
    internal const int SavedKindAt = 0x02;
    internal const int SavedPlaceAt = 0x04;

    /// <summary>Kind of saved tensor: its bytes.</summary>
    internal const int SavesBytes = 0;

    /// <summary>Kind of saved tensor: of a max pool's output, for each element a byte that says which place under its window it came
    /// from.</summary>
    internal const int SavesWinners = 1;

    /// <summary>Whether the model can learn.</summary>
    public static bool Exists(Bytes model) => ModelFile.Find(model, SectionType.Learn) != 0;

    /// <summary>File offset of the section.</summary>
    public static int Section(Bytes model) => ModelFile.SectionOffset(model, SectionType.Learn);

    /// <summary><see cref="CrossEntropy"/> or <see cref="SquaredError"/>.</summary>
    public static int Loss(Bytes model) => model[Section(model) + LossAt];

    /// <summary>Bits that a learning weight has behind its int8 point, 0 to <see cref="MaxFractionBits"/>.</summary>
    public static int FractionBits(Bytes model) => model[Section(model) + FractionBitsAt];

    /// <summary>Number of records, one per operator on the way back, last operator first.</summary>
    public static int Records(Bytes model) => Memory.UInt16(model, Section(model) + RecordsAt);

    /// <summary>File offset of record <paramref name="index"/>: a <see cref="LearnRecord"/>.</summary>
    public static int Record(Bytes model, int index) => Section(model) + HeaderBytes + index * LearnRecord.Bytes;

    /// <summary>Number of tensors that are kept for the way back.</summary>
    public static int Saves(Bytes model) => Memory.UInt16(model, Section(model) + SavesAt);

    /// <summary>File offset of the entry of saved tensor <paramref name="index"/>.</summary>
    public static int Save(Bytes model, int index) => Record(model, Records(model)) + index * SaveBytes;

    /// <summary>Number of the tensor that the loss compares with the target: the logits, or an output.</summary>
    public static int LossTensor(Bytes model) => Memory.UInt16(model, Section(model) + LossTensorAt);

    /// <summary>Seed of the rounding.</summary>
    public static uint Seed(Bytes model) => (uint)Memory.Int32(model, Section(model) + SeedAt);

    /// <summary>What is added to all arena offsets of the section.</summary>
    public static int Base(Bytes model) => Memory.Int32(model, Section(model) + BaseAt);

    /// <summary>Arena offset of the <see cref="LearnState"/>.</summary>
    public static int State(Bytes model) => Base(model) + Memory.Int32(model, Section(model) + StateAt);

    /// <summary>Arena offset of the target: an int16 per element of the loss tensor. Cross-entropy: probabilities in 1/2¹⁴; squared error:
    /// integers of the tensor.</summary>
    public static int Target(Bytes model) => Base(model) + Memory.Int32(model, Section(model) + TargetAt);

    /// <summary>Arena offset of the loss tensor's error.</summary>
    public static int LossError(Bytes model) => Base(model) + Memory.Int32(model, Section(model) + LossErrorAt);

    /// <summary>Share of the last step that the next one keeps, in 1/2¹⁵.</summary>
    public static int Momentum(Bytes model) => Memory.UInt16(model, Section(model) + MomentumAt);

    /// <summary>Samples whose gradients are added up before the weights change.</summary>
    public static int Batch(Bytes model) => Memory.UInt16(model, Section(model) + BatchAt);

    /// <summary>Mantissa of rate · weight decay · <see cref="WeightDecay.Interval"/>; 0: weights do not decay.</summary>
    public static int Decay(Bytes model) => Memory.UInt16(model, Section(model) + DecayAt);

    /// <summary>Negative exponent of the same.</summary>
    public static int DecayShift(Bytes model) => Memory.UInt16(model, Section(model) + DecayShiftAt);

    /// <summary>Whether gradients wait in a velocity instead of changing the weights at once.</summary>
    public static bool HasVelocity(Bytes model) => Momentum(model) != 0 || Batch(model) > 1;

    /// <summary>File offset of the record that belongs to operator <paramref name="index"/> and has weights or biases that learn; 0 when there is
    /// none.</summary>
    internal static int Trained(Bytes model, int index)
    {
        int records = Records(model);
        for (int i = 0; i < records; i++)
        {
            int record = Record(model, i);
            if (LearnRecord.Operator(model, record) == index && LearnRecord.Has(model, record, LearnRecord.TrainsBiases)) return record;
        }
        return 0;
    }
}
