namespace EdgeCnn.Board;

/// <summary>How a request ended (PROTOCOL.md, "Statuses").</summary>
public static class Status
{
    /// <summary>It was done.</summary>
    public const int Done = 0;

    /// <summary>There is no such command.</summary>
    public const int UnknownCommand = 1;

    /// <summary>The command takes another number of bytes.</summary>
    public const int WrongLength = 2;

    /// <summary>The request has not the next number, or there is no session.</summary>
    public const int OutOfOrder = 3;

    /// <summary>A value is too large, or no multiple of what it must be.</summary>
    public const int WrongArgument = 4;

    /// <summary>No model runs.</summary>
    public const int NoModel = 5;

    /// <summary>The slot has the model that runs.</summary>
    public const int SlotInUse = 6;

    /// <summary>Something else was written there, and not erased.</summary>
    public const int NotBlank = 7;

    /// <summary>There are not as many bytes.</summary>
    public const int TooLarge = 8;

    /// <summary>The model breaks a rule of its format (<see cref="ModelError"/>).</summary>
    public const int ModelRefused = 9;

    /// <summary>An operator has another hash than the model says.</summary>
    public const int TestFailed = 10;

    /// <summary>The model carries no test.</summary>
    public const int NoTest = 11;

    /// <summary>The signature is missing or wrong.</summary>
    public const int SignatureRefused = 12;

    /// <summary>Flash does not read back what was written.</summary>
    public const int FlashFailed = 13;

    /// <summary>The delta is not one of this model, or damaged (<see cref="DeltaError"/>).</summary>
    public const int DeltaRefused = 14;

    /// <summary>The model that runs does not learn, or not from labels.</summary>
    public const int CannotLearn = 15;
}
