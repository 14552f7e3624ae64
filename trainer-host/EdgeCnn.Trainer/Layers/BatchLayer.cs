using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// A layer that, in training, needs to know the whole mini-batch before it can treat a sample. Threads first measure their shards,
/// which are put together in the order of the shards, whoever measured them; then each shard goes on. A shard may come in several groups
/// of samples, one after the other: measuring goes on from group to group, from the one whose <see cref="LayerWorkspace{T}.First"/> is 0.
/// </summary>
public abstract class BatchLayer<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Values that a shard's measurement has.</summary>
    public abstract int MeasureLength { get; }

    /// <summary>Values that are made of the measurements of all shards.</summary>
    public abstract int StatisticsLength { get; }

    /// <summary>Before <see cref="Layer{T}.Forward"/>: measures a group's input.</summary>
    public abstract void MeasureForward(LayerWorkspace<T> work);

    /// <summary>Puts the shards' measurements together.</summary>
    public abstract void CombineForward(BatchStatistics<T> batch);

    /// <summary>
    /// Before <see cref="Layer{T}.Backward"/>: measures a group's gradient and writes the parameters' gradients of the shard up to here.
    /// </summary>
    public abstract void MeasureBackward(LayerWorkspace<T> work);

    /// <summary>Puts the shards' measurements together.</summary>
    public abstract void CombineBackward(BatchStatistics<T> batch);
}

/// <summary>What the shards of a mini-batch share in one <see cref="BatchLayer{T}"/>.</summary>
public sealed unsafe class BatchStatistics<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Line = 16;
    private readonly Block<T> _measures;
    private readonly Block<T> _values;
    private readonly int[] _samples;
    private readonly int _stride;

    internal BatchStatistics(BatchLayer<T> layer, int shards)
    {
        _stride = (layer.MeasureLength + Line - 1) / Line * Line + Line;
        _measures = new Block<T>((long)shards * _stride);
        _values = new Block<T>(layer.StatisticsLength);
        _samples = new int[shards];
    }

    /// <summary>Shards of the current mini-batch.</summary>
    public int Shards { get; internal set; }

    /// <summary>What all shards together gave.</summary>
    public T* Values => _values.Pointer;

    /// <summary>Samples of a shard.</summary>
    public int SamplesOf(int shard) => _samples[shard];

    /// <summary>What a shard measured.</summary>
    public T* MeasureOf(int shard) => _measures.Pointer + (nint)shard * _stride;

    internal void SetSamples(int shard, int samples) => _samples[shard] = samples;
}
