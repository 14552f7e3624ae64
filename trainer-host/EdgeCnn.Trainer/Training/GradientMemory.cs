using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// Memory for the gradients of all layers' outputs. One is needed only from the first of its readers that goes backward to the layer that
/// made the output; then its memory serves another. So few blocks do, and they stay in the processor's cache.
/// </summary>
/// <remarks>
/// Where a shard goes through segments in groups, a gradient that is made and read within one segment needs memory for a group only, which
/// a thread has for all its passes. Of the others later groups still need what the first one is done with: before the segment ends, such
/// memory is free for a tensor of the same length only, whose samples take the places of the same samples.
/// </remarks>
internal sealed class GradientMemory<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly GradientPlan<T> _plan;
    private readonly Segment[] _segments;
    private readonly int _capacity;
    private readonly Place?[] _places;
    private readonly BlockPlan _shard = new(), _group = new();

    public GradientMemory(Network<T> network, GradientPlan<T> plan, int capacity)
    {
        (_network, _plan, _capacity) = (network, plan, capacity);
        _segments = Segment.Of(network, capacity, network.BatchLayers);
        _places = new Place?[network.Layers.Count];
        _places[^1] = new Place(false, _shard.Take((long)capacity * network.Output.Length));
        for (var layer = network.Layers.Count - 1; layer >= 0; layer--)
        {
            PlaceSources(layer);
            if (_segments.Length == 1 || _segments.Any(segment => segment.FirstBackward == layer))
                _shard.EndSegment();
        }
    }

    /// <summary>Values of the blocks that each shard needs.</summary>
    public IReadOnlyList<long> ShardBlocks => _shard.Lengths;

    /// <summary>Values of the blocks that a thread needs for a group of samples.</summary>
    public IReadOnlyList<long> GroupBlocks => _group.Lengths;

    /// <summary>Where the gradient of a layer's output is.</summary>
    public Place Of(int layer) => _places[layer]!.Value;

    /// <summary>Gives memory to the gradients that a layer writes first, and frees that of its output.</summary>
    private void PlaceSources(int layer)
    {
        int[] unplaced = [.. _network.Wiring.InputsOf(layer).Where(source => source >= 0 && _places[source] is null).Distinct()];
        var own = Of(layer);
        var isHandedOn = unplaced.Contains(_network.Wiring.InputsOf(layer)[0]) && _plan.IsGradientInPlace(layer)
            && own.IsOfGroup == IsOfGroup(_network.Wiring.InputsOf(layer)[0]);
        if (isHandedOn)
            _places[_network.Wiring.InputsOf(layer)[0]] = own;
        foreach (var source in unplaced.Where(source => _places[source] is null))
            _places[source] = Take(source);
        if (!isHandedOn && layer < _network.Layers.Count - 1)
            Free(layer, own);
    }

    private Place Take(int tensor)
    {
        var length = (long)_network.ShapeOf(tensor).Length;
        return IsOfGroup(tensor)
            ? new Place(true, _group.Take(length * SegmentOf(tensor).Group))
            : new Place(false, _shard.Take(length * _capacity));
    }

    private void Free(int tensor, Place place)
    {
        if (place.IsOfGroup)
            _group.Free(place.Number);
        else
            _shard.FreeSameLength(place.Number, (long)_capacity * _network.ShapeOf(tensor).Length);
    }

    /// <summary>Whether all that is done with the gradient of a layer's output is done in one segment.</summary>
    private bool IsOfGroup(int tensor)
    {
        if (_plan.IsJoined(tensor))
            return IsOfGroup(_network.Wiring.InputsOf(tensor)[0]);
        return _segments.Length > 1 && tensor < _network.Layers.Count - 1
            && _network.Wiring.ReadingsOf(tensor).All(reading => SegmentOf(reading.Layer) == SegmentOf(tensor));
    }

    /// <summary>The segment in which a layer goes backward.</summary>
    private Segment SegmentOf(int layer) => Array.FindLast(_segments, segment => segment.FirstBackward <= layer);

    /// <summary>Blocks and which of them are free.</summary>
    private sealed class BlockPlan
    {
        private readonly List<long> _lengths = [];
        private readonly List<int> _free = [];
        private readonly List<(int Number, long Length)> _freeSameLength = [];

        public IReadOnlyList<long> Lengths => _lengths;

        /// <summary>One that had a tensor of this length, or a free block, best one that is long enough already, or a new one.</summary>
        public int Take(long length)
        {
            var same = _freeSameLength.FindIndex(block => block.Length == length);
            if (same >= 0)
            {
                var number = _freeSameLength[same].Number;
                _freeSameLength.RemoveAt(same);
                return number;
            }

            if (_free.Count == 0)
            {
                _lengths.Add(length);
                return _lengths.Count - 1;
            }

            var block = _free.OrderBy(number => _lengths[number] < length).ThenBy(number => long.Abs(_lengths[number] - length)).First();
            _lengths[block] = long.Max(_lengths[block], length);
            _free.Remove(block);
            return block;
        }

        public void Free(int number) => _free.Add(number);

        public void FreeSameLength(int number, long length) => _freeSameLength.Add((number, length));

        public void EndSegment()
        {
            _free.AddRange(_freeSameLength.Select(block => block.Number));
            _freeSameLength.Clear();
        }
    }

    /// <summary>Where a gradient is.</summary>
    /// <param name="IsOfGroup">Whether it is in a thread's memory for a group, not in the shard's.</param>
    /// <param name="Number">Position of the block.</param>
    internal readonly record struct Place(bool IsOfGroup, int Number);
}
