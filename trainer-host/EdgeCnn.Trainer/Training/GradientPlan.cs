using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// Which layers run in place of what they read, and how gradients of a tensor with several readers come together: the reader that goes
/// backward first writes, the others follow one by one and add.
/// </summary>
internal sealed class GradientPlan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int None = -1;
    private readonly Network<T> _network;
    private readonly bool[] _runsInPlace;
    private readonly bool[] _isJoined;
    private readonly int[][] _added;
    private readonly int[] _remakers;
    private readonly bool[] _isPassing;
    private readonly int[] _takenBefore, _takenBehind;

    public GradientPlan(Network<T> network, PassPurpose purpose)
    {
        _network = network;
        var wiring = network.Wiring;
        _runsInPlace = [.. network.Layers.Select((layer, i) => purpose != PassPurpose.Inspect && RunsInPlace(network, i))];
        _isJoined = [.. network.Layers.Select((layer, i) => _runsInPlace[i] && JoinsSource(network, i))];
        _remakers = [.. network.Layers.Select((layer, i) => purpose == PassPurpose.Train ? RemakerFor(i) : None)];
        _isPassing =
        [
            .. network.Layers.Select((layer, i) => purpose == PassPurpose.Train && (_remakers.Contains(i) || IsReadForwardOnly(i))),
        ];
        _takenBefore = [.. network.Layers.Select((layer, i) => layer.TakesNormalizations ? _remakers[i] : None)];
        _takenBehind =
        [
            .. network.Layers.Select((layer, i) =>
                purpose == PassPurpose.Train && layer.TakesNormalizations && IsNormalizedOnly(i) ? i + 1 : None),
        ];
        _added =
        [
            .. network.Layers.Select((layer, i) => wiring.InputsOf(i)
                .Select((source, slot) => (source, slot))
                .Where(input => input.source >= 0 && FirstBackward(wiring, input.source) != new Reading(i, input.slot))
                .Select(input => input.slot).ToArray()),
        ];
    }

    /// <summary>True when a layer's output takes the place of its first input.</summary>
    public bool IsInPlace(int layer) => _runsInPlace[layer];

    /// <summary>True when the layer that it reads does this layer's work as well.</summary>
    public bool IsJoined(int layer) => _isJoined[layer];

    /// <summary>
    /// The normalization whose output a layer reads that is cheaper made again, for this layer's backward, than kept; or −1. So a thread
    /// needs memory for the largest of these outputs only.
    /// </summary>
    public int RemakerOf(int layer) => _takenBefore[layer] == None ? _remakers[layer] : None;

    /// <summary>The normalization before a layer whose work, making its output, the layer does; or −1.</summary>
    public int TakenBefore(int layer) => _takenBefore[layer];

    /// <summary>The normalization behind a layer whose work backward the layer does; or −1.</summary>
    public int TakenBehind(int layer) => _takenBehind[layer];

    /// <summary>True when the layer that reads a normalization makes what it reads.</summary>
    public bool IsTakenForward(int layer) => _takenBefore.Contains(layer);

    /// <summary>True when the layer before a normalization makes the gradient that it needs.</summary>
    public bool IsTakenBackward(int layer) => _takenBehind.Contains(layer);

    /// <summary>
    /// True when a layer's output is of no use after the next layer has read it: backward it is not read, or made again.
    /// </summary>
    public bool IsPassing(int layer) => _isPassing[layer];

    /// <summary>True when the gradient of a layer's first input takes the place of its output's.</summary>
    public bool IsGradientInPlace(int layer) =>
        _runsInPlace[layer] || (_network.Layers[layer].BackwardRunsInPlace && !_added[layer].Contains(0));

    /// <summary>The inputs of a layer whose gradient is added to what is there.</summary>
    public int[] AddedSlots(int layer) => _added[layer];

    /// <summary>It must be made and read directly one after the other: the next that is made takes its place.</summary>
    private int RemakerFor(int reader) => _network.Layers[reader].Weights is null ? None : NormalizationBefore(reader);

    /// <summary>Whether a layer is a normalization whose output the layer behind it reads, and nobody backward.</summary>
    private bool IsReadForwardOnly(int layer)
    {
        var reader = layer + 1;
        if (reader < _network.Layers.Count && _isJoined[reader])
            reader++;
        return reader < _network.Layers.Count && !_network.Layers[reader].BackwardReadsInput && NormalizationBefore(reader) == layer;
    }

    /// <summary>The normalization whose output is all that a layer reads, and that nobody else does; or −1.</summary>
    private int NormalizationBefore(int reader)
    {
        var source = reader - 1;
        var reads = _network.Wiring.InputsOf(reader);
        if (reads.Count > 1 || reads[0] != source || !IsReadOnce(source))
            return None;
        if (_isJoined[source] && _network.Wiring.InputsOf(source)[0] == source - 1)
            source--;
        return _network.Layers[source] is BatchNorm<T> ? source : None;
    }

    /// <summary>Whether a normalization behind a layer is all that reads it.</summary>
    private bool IsNormalizedOnly(int layer) =>
        IsReadOnce(layer) && layer + 1 < _network.Layers.Count && _network.Layers[layer + 1] is BatchNorm<T>
        && _network.Wiring.InputsOf(layer + 1)[0] == layer;

    private bool IsReadOnce(int tensor) => tensor >= 0 && _network.Wiring.ReadingsOf(tensor).Count == 1;

    private static Reading FirstBackward(Wiring wiring, int tensor)
    {
        var last = wiring.ReadingsOf(tensor)[^1].Layer;
        return wiring.ReadingsOf(tensor).First(reading => reading.Layer == last);
    }

    private static bool JoinsSource(Network<T> network, int layer) =>
        network.Layers[layer] is IJoinsNormalization<T> && network.Layers[network.Wiring.InputsOf(layer)[0]] is BatchNorm<T>;

    private static bool RunsInPlace(Network<T> network, int layer)
    {
        var source = network.Wiring.InputsOf(layer)[0];
        return network.Layers[layer].RunsInPlace && source >= 0 && network.Wiring.ReadingsOf(source).Count == 1
            && !network.Layers[source].BackwardReadsOutput;
    }
}
