using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Which input maps each output map of a convolution reads.</summary>
public sealed class ConnectionTable
{
    private static readonly SortedDictionary<string, ConnectionTable> Named = new(StringComparer.Ordinal)
    {
        // LeCun et al., 1998, table I: three in a row, four in a row, four with a gap, all.
        ["lenet5"] = new(
        [
            [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
            [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
            [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
            [0, 1, 2, 3, 4, 5],
        ]),
    };

    /// <summary>Takes the table.</summary>
    /// <param name="inputs">For every output map the input maps that it reads, from 0.</param>
    /// <exception cref="ArgumentException">An output map reads nothing, or one input map twice, or a negative one.</exception>
    public ConnectionTable(IEnumerable<IEnumerable<int>> inputs)
    {
        Inputs = [.. inputs.Select(maps => (IReadOnlyList<int>)[.. maps])];
        if (Inputs.Any(maps => maps.Count == 0 || maps.Distinct().Count() != maps.Count || maps.Min() < 0))
            throw Require.Refuse("connections", "every output map needs a list of different input maps, counted from 0");
    }

    /// <summary>For every output map the input maps that it reads.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Inputs { get; }

    /// <summary>A table by its name.</summary>
    public static ConnectionTable Of(string name) => Named[Require.OneOf(name, Named.Keys, "connections")];

    /// <summary>Refuses a table that does not fit a layer's maps.</summary>
    internal void Check(int inputs, int filters)
    {
        if (Inputs.Count != filters)
            throw Require.Refuse("connections", $"the table is for {Inputs.Count} output maps, the layer has {filters}");
        if (Inputs.Max(maps => maps.Max()) is var last && last >= inputs)
            throw Require.Refuse("connections", $"there is no input map {last}; the input has {inputs}");
    }

    /// <summary>Sets what an unconnected pair of maps has in <paramref name="weights"/> (filters, taps, channels) to 0.</summary>
    internal void Mask<T>(Span<T> weights, int channels)
        where T : unmanaged
    {
        var depth = weights.Length / Inputs.Count;
        for (var filter = 0; filter < Inputs.Count; filter++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                for (var i = Inputs[filter].Contains(channel) ? depth : channel; i < depth; i += channels)
                    weights[filter * depth + i] = default;
            }
        }
    }
}
