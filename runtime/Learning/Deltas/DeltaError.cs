namespace EdgeCnn;

/// <summary>Why a delta is refused.</summary>
public enum DeltaError
{
    /// <summary>The delta is well formed and belongs to the model.</summary>
    None = 0,

    /// <summary>Shorter than a header, or shorter than it says.</summary>
    Truncated = 1,

    /// <summary>Does not begin with "ECND".</summary>
    WrongMagic = 2,

    /// <summary>A version this runtime does not read.</summary>
    UnknownVersion = 3,

    /// <summary>The CRC differs.</summary>
    Corrupt = 4,

    /// <summary>It was learned by another model, or by one with another plan for learning.</summary>
    OtherModel = 5,

    /// <summary>Its parts are not those of the operators that learn, or do not have as many numbers.</summary>
    BadPart = 6,
}
