using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// What the passes over the shards of one mini-batch share: the statistics of each layer that needs the whole of it.
/// </summary>
internal sealed class BatchMemory<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BatchLayer<T>[] _layers;
    private readonly Dictionary<int, int> _positions;
    private readonly BatchStatistics<T>[] _statistics;

    public BatchMemory(Network<T> network, int shards)
    {
        _layers = [.. network.BatchLayers.Select(i => (BatchLayer<T>)network.Layers[i])];
        _positions = network.BatchLayers.Select((layer, position) => (layer, position)).ToDictionary();
        _statistics = [.. _layers.Select(layer => new BatchStatistics<T>(layer, shards))];
    }

    /// <summary>The statistics of a layer, or null when it needs none.</summary>
    public BatchStatistics<T>? Of(int layer) => _positions.TryGetValue(layer, out var position) ? _statistics[position] : null;

    /// <summary>Takes a mini-batch of so many shards.</summary>
    public void Begin(int shards)
    {
        foreach (var statistics in _statistics)
            statistics.Shards = shards;
    }

    /// <summary>States the samples of a shard of the mini-batch.</summary>
    public void SetSamples(int shard, int samples)
    {
        foreach (var statistics in _statistics)
            statistics.SetSamples(shard, samples);
    }

    /// <summary>Goes from forward segment <paramref name="segment"/> to the next.</summary>
    public void CombineForward(int segment) => _layers[segment].CombineForward(_statistics[segment]);

    /// <summary>Goes from backward segment <paramref name="segment"/> to the one before.</summary>
    public void CombineBackward(int segment) => _layers[segment - 1].CombineBackward(_statistics[segment - 1]);
}
