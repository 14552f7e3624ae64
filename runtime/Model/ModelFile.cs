namespace EdgeCnn;

/// <summary>
/// The header and the section table of a model file (FORMAT.md, "Header" and "Section table"). Every function but
/// <see cref="Find"/> trusts the file: call them after <see cref="ModelCheck.Verify"/>.
/// </summary>
public static unsafe class ModelFile
{
    /// <summary>"ECNN" in ASCII, little-endian.</summary>
    public const int Magic = 0x4E4E4345;

    /// <summary>Format version. Another major version is refused, a newer minor one is accepted.</summary>
    public const int Major = 1;

    /// <summary>Format version, minor part: additions that an older reader may ignore.</summary>
    public const int Minor = 0;

    /// <summary>Bytes of the header without the section table.</summary>
    public const int HeaderBytes = 0x40;

    /// <summary>Bytes of one entry of the section table.</summary>
    public const int SectionEntryBytes = 16;

    /// <summary>Every section starts at a multiple of this many bytes; what lies between sections is zero.</summary>
    public const int SectionAlignment = 16;

    /// <summary>The most operators a file may have; keeps the time of the check bounded.</summary>
    public const int MaxOperators = 1024;

    /// <summary>The most tensors a file may have.</summary>
    public const int MaxTensors = 2048;

    /// <summary>The most sections a file may have.</summary>
    public const int MaxSections = 32;

    // Both sections are always present, and types ascend: their entries are the first two.
    private const int OperatorsEntry = HeaderBytes;
    private const int TensorsEntry = HeaderBytes + SectionEntryBytes;

    internal const int MagicAt = 0x00;
    internal const int MajorAt = 0x04;
    internal const int MinorAt = 0x05;
    internal const int BodyAt = 0x06;
    internal const int FileBytesAt = 0x08;
    internal const int HeaderCrcAt = 0x0C;
    internal const int ReservedAt = 0x10;
    internal const int ArenaBytesAt = 0x14;
    internal const int LearningBytesAt = 0x18;
    internal const int LayerBytesAt = 0x1C;
    internal const int OperatorsUsedAt = 0x20;
    internal const int ModelIdAt = 0x30;
    internal const int ModelIdBytes = HeaderBytes - ModelIdAt;

    internal const int SectionTypeAt = 0x00;
    internal const int SectionRequiredAt = 0x01;
    internal const int SectionReservedAt = 0x02;
    internal const int SectionOffsetAt = 0x04;
    internal const int SectionBytesAt = 0x08;
    internal const int SectionCrcAt = 0x0C;

    /// <summary>Bytes of the whole file.</summary>
    public static int FileBytes(Bytes model) => Memory.Int32(model, FileBytesAt);

    /// <summary>Bytes of the arena that inference needs, exactly.</summary>
    public static int ArenaBytes(Bytes model) => Memory.Int32(model, ArenaBytesAt);

    /// <summary>Bytes of RAM that learning needs besides the inference arena; 0 when the model has no LEARN section.</summary>
    public static int LearningBytes(Bytes model) => Memory.Int32(model, LearningBytesAt);

    /// <summary>Requantization block plus weights of the largest layer: the window a board without a memory-mapped file needs.</summary>
    public static int LargestLayerBytes(Bytes model) => Memory.Int32(model, LayerBytesAt);

    /// <summary>Offset of the body: the header and the section table end here.</summary>
    public static int Body(Bytes model) => Memory.UInt16(model, BodyAt);

    /// <summary>Number of entries in the section table.</summary>
    public static int SectionCount(Bytes model) => (Body(model) - HeaderBytes) / SectionEntryBytes;

    /// <summary>Offset of the section table's entry for <paramref name="type"/>, or 0 when the file has no such section.</summary>
    public static int Find(Bytes model, int type)
    {
        // From the end: what is asked for at every step, LEARN, comes last.
        for (int entry = Body(model) - SectionEntryBytes; entry >= HeaderBytes; entry -= SectionEntryBytes)
            if (model[entry + SectionTypeAt] == type) return entry;
        return 0;
    }

    /// <summary>File offset of a section's first byte. The section exists.</summary>
    public static int SectionOffset(Bytes model, int type) => Memory.Int32(model, Find(model, type) + SectionOffsetAt);

    /// <summary>Size of a section in bytes; 0 when the file has no such section.</summary>
    public static int SectionBytes(Bytes model, int type)
    {
        int entry = Find(model, type);
        return entry == 0 ? 0 : Memory.Int32(model, entry + SectionBytesAt);
    }

    /// <summary>Number of operators, in execution order.</summary>
    public static int OperatorCount(Bytes model) => Memory.Int32(model, OperatorsEntry + SectionBytesAt) >> OperatorRecord.Shift;

    /// <summary>File offset of the record of operator <paramref name="index"/>.</summary>
    public static int Operator(Bytes model, int index) =>
        Memory.Int32(model, OperatorsEntry + SectionOffsetAt) + index * OperatorRecord.Bytes;

    /// <summary>Number of tensors: the model's inputs first, then the operators' outputs in execution order.</summary>
    public static int TensorCount(Bytes model) => Memory.Int32(model, TensorsEntry + SectionBytesAt) >> TensorRecord.Shift;

    /// <summary>File offset of the record of tensor <paramref name="index"/>.</summary>
    public static int Tensor(Bytes model, int index) =>
        Memory.Int32(model, TensorsEntry + SectionOffsetAt) + index * TensorRecord.Bytes;
}
