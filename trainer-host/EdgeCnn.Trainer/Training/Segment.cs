using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// Layers from one that needs the whole mini-batch to the next, or to an end of the network, and how many samples of a shard run through
/// them together.
/// </summary>
/// <param name="First">First layer; what it measures backward ends the segment on the way back.</param>
/// <param name="End">Behind the last layer: what it measures ends the segment.</param>
/// <param name="FirstBackward">The layer that goes backward last.</param>
/// <param name="Group">Samples at a time.</param>
internal readonly record struct Segment(int First, int End, int FirstBackward, int Group)
{
    /// <summary>Bytes of outputs that a group may have: with their gradients and those of the next group, they fit into the second level of
    /// a usual cache.</summary>
    private const int GroupBytes = 1 << 17;

    /// <summary>Bytes of outputs for each byte of parameters: each group adds their gradients to its shard's.</summary>
    private const int BytesPerParameterByte = 4;

    /// <summary>Where groups meet, vectors must end: values of the longest vector.</summary>
    private const int VectorLength = 16;

    /// <summary>The segments of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">Most samples of a shard.</param>
    /// <param name="cuts">The layers that need the whole mini-batch; without any, all samples run together.</param>
    public static Segment[] Of<T>(Network<T> network, int capacity, IReadOnlyList<int> cuts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (cuts.Count == 0)
            return [new Segment(0, network.Layers.Count, 0, capacity)];
        int[] starts = [0, .. cuts], ends = [.. cuts, network.Layers.Count];
        return
        [
            .. starts.Zip(ends, (start, end) => (start, end)).Select((layers, segment) => new Segment(
                layers.start, layers.end, segment == 0 ? 0 : layers.start + 1, GroupOf(network, capacity, layers.start, layers.end))),
        ];
    }

    private static unsafe int GroupOf<T>(Network<T> network, int capacity, int start, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layers = network.Layers.Skip(start).Take(end - start + 1).ToArray();
        var bytes = layers.Where(layer => !layer.RunsInPlace).Sum(layer => (long)layer.Output.Length * sizeof(T));
        var parameterBytes = layers.Sum(layer => layer.Parameters.Sum(parameter => (long)parameter.Length * sizeof(T)));
        var least = long.Max(GroupBytes / 2 + 1, BytesPerParameterByte * parameterBytes);
        var tensors = Enumerable.Range(start, layers.Length).SelectMany(layer => network.Wiring.InputsOf(layer).Append(layer));
        long[] written = [.. tensors.Where(tensor => tensor >= 0).Select(tensor => (long)network.ShapeOf(tensor).Length)];
        var group = 1;
        while (group < capacity && (group * bytes < least || written.Any(length => group * length % VectorLength != 0)))
            group *= 2;
        return group;
    }
}
