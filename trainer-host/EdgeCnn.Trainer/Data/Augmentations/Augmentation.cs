using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Data.Augmentations;

/// <summary>A random change of a training image that leaves its class as it is.</summary>
public abstract class Augmentation
{
    /// <summary>Draws what it does to one image, and notes it in <paramref name="change"/>.</summary>
    /// <param name="random">The image's random numbers.</param>
    /// <param name="change">What all changes of the image together do.</param>
    /// <param name="shape">Shape of the image.</param>
    internal virtual void Draw(ref SplitMix64 random, ref PlaneMap change, Shape shape)
    {
    }

    /// <summary>Changes the pixels, after all movements of the image were carried out.</summary>
    /// <param name="random">The image's random numbers.</param>
    /// <param name="pixels">(height, width, channels), 0 … 255.</param>
    /// <param name="shape">Shape of the image.</param>
    internal virtual void Apply(ref SplitMix64 random, System.Span<byte> pixels, Shape shape)
    {
    }
}
