using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Data.Augmentations;

/// <summary>Moves the image by up to <paramref name="x"/> and <paramref name="y"/> pixels either way.</summary>
/// <param name="x">Most pixels to the left or right, 0 or more.</param>
/// <param name="y">Most pixels up or down; as many as <paramref name="x"/> when absent.</param>
/// <param name="whole">True to move by whole pixels, which keeps the image sharp.</param>
[Kind("shift")]
public sealed class ShiftImage(double x, double? y = null, bool whole = false) : Augmentation
{
    private readonly double _x = Require.AtLeast(x, 0, nameof(x));
    private readonly double _y = Require.AtLeast(y ?? x, 0, nameof(y));

    internal override void Draw(ref SplitMix64 random, ref PlaneMap change, Shape shape)
    {
        var (right, down) = whole
            ? (random.Below(2 * (int)_x + 1) - (int)_x, random.Below(2 * (int)_y + 1) - (int)_y)
            : (random.Between(-_x, _x), random.Between(-_y, _y));
        change.Shift(right, down);
    }
}

/// <summary>Turns the image about its middle by up to <paramref name="degrees"/> either way.</summary>
/// <param name="degrees">Largest angle, from 0 to 180.</param>
[Kind("rotate")]
public sealed class RotateImage(double degrees) : Augmentation
{
    private readonly double _degrees = Require.Within(degrees, 0, 180, nameof(degrees));

    internal override void Draw(ref SplitMix64 random, ref PlaneMap change, Shape shape)
    {
        var turns = random.Between(-_degrees, _degrees) / 180;
        var cosine = Elementary.CosPi(System.Math.Abs(turns));
        var sine = System.Math.CopySign(Elementary.CosPi(System.Math.Abs(System.Math.Abs(turns) - 0.5)), turns);
        change.Turn(cosine, sine, -sine, cosine);
    }
}

/// <summary>Enlarges or shrinks the image about its middle, by the same factor both ways.</summary>
/// <param name="low">Smallest factor, above 0.</param>
/// <param name="high">Largest factor.</param>
[Kind("scale")]
public sealed class ScaleImage(double low, double high) : Augmentation
{
    private readonly double _low = Require.Above(low, 0, nameof(low));
    private readonly double _high = Require.AtLeast(high, low, nameof(high));

    internal override void Draw(ref SplitMix64 random, ref PlaneMap change, Shape shape)
    {
        var factor = random.Between(_low, _high);
        change.Turn(1 / factor, 0, 0, 1 / factor);
    }
}

/// <summary>Swaps left and right.</summary>
/// <param name="probability">Share of the images that are swapped, from 0 to 1.</param>
[Kind("flipHorizontal")]
public sealed class FlipHorizontal(double probability = 0.5) : Augmentation
{
    private readonly double _probability = Require.Within(probability, 0, 1, nameof(probability));

    internal override void Draw(ref SplitMix64 random, ref PlaneMap change, Shape shape)
    {
        if (random.NextDouble() < _probability)
            change.Turn(-1, 0, 0, 1);
    }
}

/// <summary>Swaps top and bottom.</summary>
/// <param name="probability">Share of the images that are swapped, from 0 to 1.</param>
[Kind("flipVertical")]
public sealed class FlipVertical(double probability = 0.5) : Augmentation
{
    private readonly double _probability = Require.Within(probability, 0, 1, nameof(probability));

    internal override void Draw(ref SplitMix64 random, ref PlaneMap change, Shape shape)
    {
        if (random.NextDouble() < _probability)
            change.Turn(1, 0, 0, -1);
    }
}
