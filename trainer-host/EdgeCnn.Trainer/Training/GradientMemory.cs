using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// Memory for the gradients of all layers' outputs. One is needed only from the first of its readers that goes backward to the layer that
/// made the output; then its memory serves another. So few blocks do, and they stay in the processor's cache.
/// </summary>
/// <remarks>
/// Where a shard goes through a segment in groups, later groups still need what the first one is done with: there memory is free only
/// when the segment ends.
/// </remarks>
internal sealed class GradientMemory<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Unknown = -1;
    private readonly int[] _numbers;
    private readonly Block<T>[] _blocks;

    public GradientMemory(Network<T> network, GradientPlan<T> plan, int capacity)
    {
        var lengths = new List<int>();
        var free = new List<int>();
        var done = new List<int>();
        _numbers = [.. network.Layers.Select(_ => Unknown)];
        _numbers[^1] = Take(network.Output.Length, lengths, free);
        for (var layer = network.Layers.Count - 1; layer >= 0; layer--)
        {
            var sources = network.Wiring.InputsOf(layer);
            var isHandedOn = sources[0] >= 0 && _numbers[sources[0]] == Unknown && plan.IsGradientInPlace(layer);
            if (isHandedOn)
                _numbers[sources[0]] = _numbers[layer];
            foreach (var source in sources.Where(source => source >= 0 && _numbers[source] == Unknown))
                _numbers[source] = Take(network.ShapeOf(source).Length, lengths, free);
            if (!isHandedOn && layer < network.Layers.Count - 1)
                done.Add(_numbers[layer]);
            if (network.BatchLayers.Count > 0 && !network.BatchLayers.Contains(layer - 1))
                continue;
            free.AddRange(done);
            done.Clear();
        }

        _blocks = [.. lengths.Select(length => new Block<T>((long)capacity * length))];
    }

    /// <summary>The gradient of a layer's output.</summary>
    public Block<T> Of(int layer) => _blocks[_numbers[layer]];

    /// <summary>A free block, best one that is long enough already, or a new one.</summary>
    private static int Take(int length, List<int> lengths, List<int> free)
    {
        if (free.Count == 0)
        {
            lengths.Add(length);
            return lengths.Count - 1;
        }

        var block = free.OrderBy(number => lengths[number] < length).ThenBy(number => int.Abs(lengths[number] - length)).First();
        lengths[block] = int.Max(lengths[block], length);
        free.Remove(block);
        return block;
    }
}
