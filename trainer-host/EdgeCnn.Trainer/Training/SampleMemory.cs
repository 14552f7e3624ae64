using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Training;

/// <summary>Where the samples of a tensor are: one behind the other, or, with a stride of 0, every group of them in the same place.</summary>
/// <param name="start">The first sample; null when the tensor is not wanted.</param>
/// <param name="stride">Values from a sample to the next, as far as groups are concerned.</param>
internal readonly unsafe struct SampleMemory<T>(T* start, int stride)
    where T : unmanaged
{
    /// <summary>A place that the groups of samples use in turn.</summary>
    public static SampleMemory<T> Reused(Block<T> block) => new(block.Pointer, 0);

    /// <summary>Where the group that begins with sample <paramref name="first"/> is.</summary>
    public T* At(int first) => start + (nint)first * stride;

    /// <summary>The same tensor, in <paramref name="to"/> when it was in <paramref name="from"/>.</summary>
    public SampleMemory<T> Moved(Block<T> from, Block<T> to) => start == from.Pointer ? new(to.Pointer, stride) : this;
}
