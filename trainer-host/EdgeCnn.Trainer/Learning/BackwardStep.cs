namespace EdgeCnn.Trainer.Learning;

/// <summary>One operator on the way back, before it has places in memory.</summary>
/// <param name="Operator">Its number.</param>
/// <param name="InputIndex">The input that the step is about.</param>
/// <param name="Input">Number of that tensor.</param>
/// <param name="Output">Number of the tensor whose error it reads.</param>
internal sealed record BackwardStep(int Operator, int InputIndex, int Input, int Output)
{
    /// <summary>Flags of the record.</summary>
    public int Flags { get; init; }

    /// <summary>Number of the second input whose error is wanted, or −1.</summary>
    public int Input2 { get; init; } = -1;

    /// <summary>Whether the output is held to a range by an activation, and must be kept for it.</summary>
    public bool IsMasked { get; init; }

    /// <summary>Bounds of the mask: outputs at or beyond them have no derivative.</summary>
    public (int Min, int Max) Mask { get; init; }

    /// <summary>Output channels.</summary>
    public int Channels { get; init; }

    /// <summary>First output channel whose weights learn.</summary>
    public int FirstChannel { get; init; }

    /// <summary>Output channels whose weights learn.</summary>
    public int LearningChannels { get; init; }

    /// <summary>Weights of an output channel; 0 for an operator without weights that learn.</summary>
    public int Depth { get; init; }

    /// <summary>Output channels whose gradients are summed at a time.</summary>
    public int ChannelsAtOnce { get; init; } = 1;

    /// <summary>Bits that errors lose on their way through the weights.</summary>
    public int BackShift { get; init; }

    public bool Has(int flag) => (Flags & flag) != 0;
}
