using System;

namespace EdgeCnn.Managed;

/// <summary>A delta was refused: what is wrong, at which byte, and what to do about it. The model is as it was.</summary>
public sealed class DeltaException : Exception
{
    /// <summary>Describes the refusal of <paramref name="source"/>.</summary>
    public DeltaException(string source, DeltaError error, int where)
        : base($"{source}: {Describe(error)} (byte 0x{where:x})")
    {
        Error = error;
        Where = where;
    }

    /// <summary>The rule that the delta breaks.</summary>
    public DeltaError Error { get; }

    /// <summary>Byte offset of the field at fault.</summary>
    public int Where { get; }

    /// <summary>The words for an error.</summary>
    public static string Describe(DeltaError error) => error switch
    {
        DeltaError.None => "the delta is well formed",
        DeltaError.Truncated => "the delta ends too early; save or copy it again",
        DeltaError.WrongMagic => "this is not a delta of a model",
        DeltaError.UnknownVersion => "the delta's version is not one this runtime reads; update the runtime",
        DeltaError.Corrupt => "the delta is damaged (CRC differs); copy it again",
        DeltaError.OtherModel => "the delta was learned by another model, or with another plan for learning; use it with the model file that learned it",
        DeltaError.BadPart => "the delta does not fit the layers that learn; save it again",
        _ => $"error {(int)error}",
    };
}
