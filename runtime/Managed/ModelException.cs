using System;

namespace EdgeCnn.Managed;

/// <summary>A model file was refused: what is wrong, at which byte, and what to do about it.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Describes the refusal of <paramref name="source"/>.</summary>
    public ModelException(string source, ModelError error, int where)
        : base($"{source}: {Describe(error)} (byte 0x{where:x})")
    {
        Error = error;
        Where = where;
    }

    /// <summary>The rule that the file breaks.</summary>
    public ModelError Error { get; }

    /// <summary>Byte offset of the field at fault.</summary>
    public int Where { get; }

    /// <summary>The words for an error.</summary>
    public static string Describe(ModelError error) => error switch
    {
        ModelError.None => "the file is well formed",
        ModelError.Truncated => "the file ends too early; copy or export it again",
        ModelError.WrongMagic => "this is not an .ecnn model file",
        ModelError.UnknownVersion => "the file's format version is not one this runtime reads; update the runtime or export again",
        ModelError.BadHeader => "the header states impossible sizes; export the model again",
        ModelError.HeaderCorrupt => "the header is damaged (CRC differs); copy the file again",
        ModelError.BadSection => "a section has an impossible place or size; export the model again",
        ModelError.SectionCorrupt => "a section is damaged (CRC differs); copy the file again",
        ModelError.UnknownSection => "the file requires a section this runtime does not know; update the runtime",
        ModelError.MissingSection => "a section that every model has is missing; export the model again",
        ModelError.ArenaTooSmall => "the arena given is smaller than the model states",
        ModelError.BadTensor => "a tensor's type, shape or zero point is impossible; export the model again",
        ModelError.OutsideArena => "a tensor or scratch area does not fit the stated arena; export the model again",
        ModelError.Overlap => "two tensors that are needed at the same time share memory; export the model again",
        ModelError.UnknownOperator => "the model uses an operator that is not built into this runtime; update or extend the runtime",
        ModelError.BadOperator => "an operator's tensors, flags or reserved bytes are impossible; export the model again",
        ModelError.BadShape => "an operator's parameters do not fit its tensors' shapes; export the model again",
        ModelError.BadWeights => "an operator's weights lie outside their section; export the model again",
        ModelError.BadRequant => "a multiplier, shift or clamp is out of range; export the model again",
        ModelError.BadIO => "the description of inputs and outputs is impossible; export the model again",
        ModelError.BadLearn => "the plan for learning does not fit the model; make it again with 'edgecnn plan-learning'",
        ModelError.BufferTooSmall => "the RAM for a model in storage is too small; 'edgecnn inspect' says how much it takes",
        ModelError.BadTest => "the built-in test does not fit the operators; export the model again",
        _ => $"error {(int)error}",
    };
}
