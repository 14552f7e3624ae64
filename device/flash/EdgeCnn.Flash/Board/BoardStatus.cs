namespace EdgeCnn.Flash.Board;

/// <summary>What a board says of a request (PROTOCOL.md, "Statuses").</summary>
public enum BoardStatus : byte
{
    /// <summary>It was done.</summary>
    Done = 0,

    /// <summary>The board does not know the command.</summary>
    UnknownCommand = 1,

    /// <summary>The request's length is wrong.</summary>
    WrongLength = 2,

    /// <summary>The request's number is neither the next one nor the last one.</summary>
    OutOfOrder = 3,

    /// <summary>A number in the request is too large.</summary>
    WrongArgument = 4,

    /// <summary>The board runs no model.</summary>
    NoModel = 5,

    /// <summary>The slot is the one that runs.</summary>
    SlotInUse = 6,

    /// <summary>Flash was written there before.</summary>
    NotBlank = 7,

    /// <summary>It does not fit the board's memory.</summary>
    TooLarge = 8,

    /// <summary>The model file breaks a rule.</summary>
    ModelRefused = 9,

    /// <summary>An operator's hash differs from what the file expects.</summary>
    TestFailed = 10,

    /// <summary>The model carries no test.</summary>
    NoTest = 11,

    /// <summary>The signature is missing or wrong.</summary>
    SignatureRefused = 12,

    /// <summary>Flash does not read back as it was written.</summary>
    FlashFailed = 13,

    /// <summary>The delta breaks a rule.</summary>
    DeltaRefused = 14,

    /// <summary>The model has no plan for learning, or the board can't learn.</summary>
    CannotLearn = 15,
}
