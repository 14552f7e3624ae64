using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Where in a training a group of samples is: what layers that behave at random while training draw from. So chance is decided by seed,
/// step and sample, and not by which thread computes when.
/// </summary>
/// <param name="Seed">The training's seed.</param>
/// <param name="Step">Steps done before this one.</param>
/// <param name="FirstSample">Position of the group's first sample in the mini-batch.</param>
public readonly record struct TrainingMoment(ulong Seed, long Step, int FirstSample)
{
    private const ulong Stream = 1UL << 40;

    /// <summary>Random numbers for one sample in one layer.</summary>
    /// <param name="layer">Position of the layer in its network.</param>
    /// <param name="sample">Position of the sample in its group.</param>
    public SplitMix64 RandomOf(int layer, int sample)
    {
        var step = new SplitMix64(Seed, Stream + (ulong)Step);
        return new SplitMix64(step.Next(), ((ulong)layer << 32) + (uint)(FirstSample + sample));
    }
}
