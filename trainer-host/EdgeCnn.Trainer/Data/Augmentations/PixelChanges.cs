using System;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Data.Augmentations;

/// <summary>Adds the same number to all pixels.</summary>
/// <param name="amount">Largest change either way, as a share of white, from 0 to 1.</param>
[Kind("brightness")]
public sealed class Brightness(double amount) : Augmentation
{
    private readonly double _amount = Require.Within(amount, 0, 1, nameof(amount));

    internal override void Apply(ref SplitMix64 random, Span<byte> pixels, Shape shape)
    {
        var change = 255 * random.Between(-_amount, _amount);
        foreach (ref var pixel in pixels)
            pixel = Pixel.Of(pixel + change);
    }
}

/// <summary>Multiplies the distance of all pixels to the image's mean.</summary>
/// <param name="low">Smallest factor, 0 or more.</param>
/// <param name="high">Largest factor.</param>
[Kind("contrast")]
public sealed class Contrast(double low, double high) : Augmentation
{
    private readonly double _low = Require.AtLeast(low, 0, nameof(low));
    private readonly double _high = Require.AtLeast(high, low, nameof(high));

    internal override void Apply(ref SplitMix64 random, Span<byte> pixels, Shape shape)
    {
        long sum = 0;
        foreach (var pixel in pixels)
            sum += pixel;
        var (mean, factor) = (sum / (double)pixels.Length, random.Between(_low, _high));
        foreach (ref var pixel in pixels)
            pixel = Pixel.Of(mean + factor * (pixel - mean));
    }
}

/// <summary>Adds normal noise to every pixel by itself.</summary>
/// <param name="deviation">Its standard deviation as a share of white, from 0 to 1.</param>
[Kind("noise")]
public sealed class Noise(double deviation) : Augmentation
{
    private readonly double _deviation = Require.Within(deviation, 0, 1, nameof(deviation));

    internal override void Apply(ref SplitMix64 random, Span<byte> pixels, Shape shape)
    {
        foreach (ref var pixel in pixels)
            pixel = Pixel.Of(pixel + 255 * _deviation * random.NextNormal());
    }
}

/// <summary>
/// Cutout (DeVries and Taylor, 2017): a square about a random place, as far as it lies inside the image, becomes one gray.
/// </summary>
/// <param name="size">Side of the square in pixels, 1 or more.</param>
/// <param name="probability">Share of the images that lose a square, from 0 to 1.</param>
/// <param name="fill">The gray, from 0 to 255.</param>
[Kind("cutout")]
public sealed class Cutout(int size, double probability = 1, int fill = 0) : Augmentation
{
    private readonly int _size = Require.AtLeast(size, 1, nameof(size));
    private readonly double _probability = Require.Within(probability, 0, 1, nameof(probability));
    private readonly byte _fill = (byte)Require.Within(fill, 0, 255, nameof(fill));

    internal override void Apply(ref SplitMix64 random, Span<byte> pixels, Shape shape)
    {
        if (random.NextDouble() >= _probability)
            return;
        int top = random.Below(shape.Height) - _size / 2, left = random.Below(shape.Width) - _size / 2;
        int first = Math.Max(left, 0), end = Math.Min(left + _size, shape.Width);
        for (var row = Math.Max(top, 0); row < Math.Min(top + _size, shape.Height); row++)
            pixels.Slice((row * shape.Width + first) * shape.Channels, (end - first) * shape.Channels).Fill(_fill);
    }
}

internal static class Pixel
{
    /// <summary>The nearest pixel.</summary>
    public static byte Of(double value) => (byte)(Math.Clamp(value, 0, 255) + 0.5);
}
