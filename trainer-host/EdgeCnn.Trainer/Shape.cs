using System;

namespace EdgeCnn.Trainer;

/// <summary>The shape of one sample's tensor, stored row by row with the channels innermost (NHWC, or NDHWC, without the N).</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Values per position. A vector of n values is 1×1×n.</param>
public readonly record struct Shape(int Height, int Width, int Channels)
{
    private readonly int _slices;

    /// <summary>Slices of a volume, 1 for images.</summary>
    public int Depth
    {
        get => IsVolume ? _slices : 1;
        private init => _slices = value;
    }

    /// <summary>Whether this is a volume, be it of one slice, and not an image.</summary>
    public bool IsVolume => _slices > 0;

    /// <summary>Number of positions: depth · height · width.</summary>
    public int Positions => checked(Depth * Height * Width);

    /// <summary>Number of values of one sample: depth · height · width · channels.</summary>
    public int Length => checked(Depth * Height * Width * Channels);

    /// <summary>The shape of a vector, 1×1×<paramref name="length"/>.</summary>
    public static Shape Vector(int length) => new(1, 1, length);

    /// <summary>The shape of a volume.</summary>
    public static Shape Volume(int depth, int height, int width, int channels) => new(height, width, channels) { Depth = depth };

    /// <summary>As read in messages, for example <c>28×28×1</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{(IsVolume ? $"{Depth}×" : "")}{Height}×{Width}×{Channels}");
}

/// <summary>A height and a width: of a kernel, of a stride.</summary>
public readonly record struct Extent(int Height, int Width)
{
    /// <summary>As read in messages, for example <c>5×5</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Height}×{Width}");
}

/// <summary>A depth, a height and a width: of a kernel over volumes, of its stride.</summary>
public readonly record struct VolumeExtent(int Depth, int Height, int Width)
{
    /// <summary>As read in messages, for example <c>3×5×5</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Depth}×{Height}×{Width}");
}
