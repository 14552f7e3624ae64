using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Data.Augmentations;

/// <summary>
/// Changes training images at random. What an image becomes is decided by the seed, the epoch and the image's number alone, so any thread
/// may compute it at any time, and ahead of its use.
/// </summary>
public sealed class Augmenter
{
    private const ulong Stream = 1UL << 41;
    private readonly Augmentation[] _augmentations;
    private readonly Shape _shape;
    private readonly ulong _seed;

    /// <summary>Takes the changes, in their order.</summary>
    /// <param name="augmentations">Movements come first whatever their place, in one resampling; then the changes of pixels.</param>
    /// <param name="shape">Shape of the images.</param>
    /// <param name="seed">What everything is drawn from.</param>
    /// <exception cref="ArgumentException">The images are volumes.</exception>
    public Augmenter(IEnumerable<Augmentation> augmentations, Shape shape, ulong seed)
    {
        (_augmentations, _shape, _seed) = ([.. augmentations], shape, seed);
        if (_augmentations.Length > 0 && shape.IsVolume)
            throw Require.Refuse("augmentation", $"{shape} is a volume; only images can be changed");
    }

    /// <summary>Whether there is anything to do.</summary>
    public bool IsEmpty => _augmentations.Length == 0;

    /// <summary>What an image becomes in an epoch. Allocates nothing.</summary>
    /// <param name="image">The pixels, (height, width, channels).</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="index">Number of the image in its set.</param>
    /// <param name="changed">Receives as many pixels; not the same memory.</param>
    public void Apply(ReadOnlySpan<byte> image, int epoch, int index, Span<byte> changed)
    {
        var ofEpoch = new SplitMix64(_seed, Stream + (ulong)epoch);
        var random = new SplitMix64(ofEpoch.Next(), (ulong)index);
        var map = new PlaneMap();
        foreach (var augmentation in _augmentations)
            augmentation.Draw(ref random, ref map, _shape);
        if (map.IsIdentity)
            image.CopyTo(changed);
        else
            map.Resample(image, changed, _shape);
        foreach (var augmentation in _augmentations)
            augmentation.Apply(ref random, changed, _shape);
    }
}
