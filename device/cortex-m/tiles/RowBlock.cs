namespace EdgeCnn;

/// <summary>What rows of activations are multiplied by, and how sums become outputs, as rows.S reads it.</summary>
internal unsafe struct RowBlock
{
    /// <summary>Activations in a row.</summary>
    internal int Depth;

    /// <summary>Rows of weights, which follow each other.</summary>
    internal byte* Weights;

    /// <summary>Number of rows of weights.</summary>
    internal int Channels;

    /// <summary>A bias per channel.</summary>
    internal byte* Bias;

    /// <summary>A multiplier per channel, or one.</summary>
    internal byte* Multipliers;

    /// <summary>A shift per channel, or one.</summary>
    internal byte* Shifts;

    /// <summary>1, or 0 when all channels have the same multiplier and shift.</summary>
    internal int Step;

    /// <summary>The output's zero point.</summary>
    internal int ZeroPoint;
}
