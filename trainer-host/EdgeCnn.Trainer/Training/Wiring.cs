using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Training;

/// <summary>A place where a tensor is read.</summary>
/// <param name="Layer">The reading layer.</param>
/// <param name="Slot">Position among its inputs.</param>
public readonly record struct Reading(int Layer, int Slot);

/// <summary>Which layer reads the outputs of which, by their numbers; −1 is the network's input.</summary>
public sealed class Wiring
{
    private readonly IReadOnlyList<int>[] _inputs;
    private readonly IReadOnlyList<Reading>[] _readings;

    internal Wiring(IEnumerable<IReadOnlyList<int>> inputs)
    {
        _inputs = [.. inputs];
        var all = _inputs.SelectMany((sources, layer) => sources.Select((source, slot) => (source, new Reading(layer, slot))));
        var bySource = all.ToLookup(entry => entry.source, entry => entry.Item2);
        _readings = [.. Enumerable.Range(-1, _inputs.Length + 1).Select(source => bySource[source].ToArray())];
    }

    /// <summary>The tensors that a layer reads.</summary>
    public IReadOnlyList<int> InputsOf(int layer) => _inputs[layer];

    /// <summary>Where a layer's output is read, in the order of forward execution.</summary>
    public IReadOnlyList<Reading> ReadingsOf(int tensor) => _readings[tensor + 1];
}
