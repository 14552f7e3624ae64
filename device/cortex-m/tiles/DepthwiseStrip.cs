namespace EdgeCnn;

/// <summary>Some rows of outputs of a depthwise convolution, as depthwise.S reads it. Distances are in bytes.</summary>
internal unsafe struct DepthwiseStrip
{
    /// <summary>First pixel of the input that is needed.</summary>
    internal byte* Input;

    /// <summary>From a pixel of the input to the next.</summary>
    internal int Pixel;

    /// <summary>From a row of the input to the next.</summary>
    internal int Line;

    /// <summary>Pixels of a row that are needed.</summary>
    internal int Columns;

    /// <summary>Rows of the input that are needed.</summary>
    internal int Rows;

    /// <summary>From a row of the plane to the next.</summary>
    internal int Pitch;

    /// <summary>Where the input begins in the plane; what is before, and after, is border.</summary>
    internal int Interior;

    /// <summary>Size of the plane.</summary>
    internal int PlaneBytes;

    /// <summary>The input's zero point in both halves.</summary>
    internal int ZeroPair;

    /// <summary>Weights of the first channel, 3×3; the channels follow each other.</summary>
    internal byte* Weights;

    /// <summary>Bias of the first channel.</summary>
    internal byte* Bias;

    /// <summary>Multiplier of the first channel.</summary>
    internal byte* Multipliers;

    /// <summary>Shift of the first channel.</summary>
    internal byte* Shifts;

    /// <summary>1, or 0 when all channels have the same multiplier and shift.</summary>
    internal int Step;

    /// <summary>The output's zero point.</summary>
    internal int ZeroPoint;

    /// <summary>First output.</summary>
    internal byte* Output;

    /// <summary>Outputs in a row.</summary>
    internal int OutputColumns;

    /// <summary>Rows of outputs.</summary>
    internal int OutputRows;

    /// <summary>Places from a window to the next: 1 or 2.</summary>
    internal int StrideX;

    /// <summary>In the plane, from a row of windows to the next.</summary>
    internal int StrideY;

    /// <summary>Channels: the distance of two pixels of the output.</summary>
    internal int Channels;

    /// <summary>Where the weights end.</summary>
    internal byte* WeightsEnd;
}
