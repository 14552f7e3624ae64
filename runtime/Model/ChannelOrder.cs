namespace EdgeCnn;

/// <summary>What the innermost dimension of a model's input means.</summary>
public static class ChannelOrder
{
    /// <summary>Not an image.</summary>
    public const int None = 0;

    /// <summary>One channel of brightness.</summary>
    public const int Gray = 1;

    /// <summary>Red, green, blue.</summary>
    public const int Rgb = 2;

    /// <summary>Blue, green, red.</summary>
    public const int Bgr = 3;

    internal const int Last = Bgr;
}
