using System;

namespace EdgeCnn.Trainer;

/// <summary>The shape of one sample's tensor, stored row by row with the channels innermost (NHWC without the N).</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Values per position. A vector of n values is 1×1×n.</param>
public readonly record struct Shape(int Height, int Width, int Channels)
{
    /// <summary>Number of values of one sample: height · width · channels.</summary>
    public int Length => checked(Height * Width * Channels);

    /// <summary>The shape of a vector, 1×1×<paramref name="length"/>.</summary>
    public static Shape Vector(int length) => new(1, 1, length);

    /// <summary>As read in messages, for example <c>28×28×1</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Height}×{Width}×{Channels}");
}

/// <summary>A height and a width: of a kernel, of a stride.</summary>
public readonly record struct Extent(int Height, int Width)
{
    /// <summary>As read in messages, for example <c>5×5</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Height}×{Width}");
}
