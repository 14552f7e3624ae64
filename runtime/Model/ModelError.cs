namespace EdgeCnn;

/// <summary>Why a model file is refused. The number is what a device prints; <c>ModelException</c> has the words.</summary>
public enum ModelError
{
    /// <summary>The file is well formed.</summary>
    None = 0,

    /// <summary>Shorter than a header, or shorter than it says.</summary>
    Truncated = 1,

    /// <summary>Does not begin with "ECNN".</summary>
    WrongMagic = 2,

    /// <summary>A major version this runtime does not read.</summary>
    UnknownVersion = 3,

    /// <summary>The header's size, reserved field or stated limits are impossible.</summary>
    BadHeader = 4,

    /// <summary>The header's CRC does not match.</summary>
    HeaderCorrupt = 5,

    /// <summary>A section lies outside the file, overlaps another, is out of order, or is not aligned.</summary>
    BadSection = 6,

    /// <summary>A section's CRC does not match, or bytes between sections are not zero.</summary>
    SectionCorrupt = 7,

    /// <summary>A section that must be understood is unknown.</summary>
    UnknownSection = 8,

    /// <summary>A section that every model has is missing.</summary>
    MissingSection = 9,

    /// <summary>The caller's arena is smaller than the model needs.</summary>
    ArenaTooSmall = 10,

    /// <summary>A tensor's type, rank, shape or zero point is impossible.</summary>
    BadTensor = 11,

    /// <summary>A tensor or scratch area lies outside the arena, or the stated arena size is not the exact one.</summary>
    OutsideArena = 12,

    /// <summary>Two things that are needed at the same time share memory.</summary>
    Overlap = 13,

    /// <summary>The operator is not built into this runtime.</summary>
    UnknownOperator = 14,

    /// <summary>An operator's tensor index, flags or reserved bytes are impossible.</summary>
    BadOperator = 15,

    /// <summary>An operator's parameters do not fit its tensors' shapes.</summary>
    BadShape = 16,

    /// <summary>Weights or a requantization block lie outside their section or are not aligned.</summary>
    BadWeights = 17,

    /// <summary>A multiplier, shift or clamp is out of range.</summary>
    BadRequant = 18,

    /// <summary>The IO section names a tensor, string or preprocessing that cannot be.</summary>
    BadIO = 19,

    /// <summary>The TEST section does not have one hash per operator.</summary>
    BadTest = 20,

    /// <summary>The LEARN section asks for what an operator cannot do, or for memory that is not there.</summary>
    BadLearn = 21,

    /// <summary>The caller's buffer is smaller than what a model in storage needs of RAM (<see cref="ModelWindow.Bytes"/>).</summary>
    BufferTooSmall = 22,
}
