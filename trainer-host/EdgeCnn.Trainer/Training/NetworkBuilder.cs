using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Training;

/// <summary>A layer in a network under construction.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The layers that it reads, by their numbers; <see cref="NetworkBuilder{T}.NetworkInput"/> for the network's
/// own.</param>
/// <param name="Path">What messages call the place where it is described.</param>
public sealed record NetworkNode<T>(Layer<T> Layer, IReadOnlyList<int> Inputs, string Path)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>
/// Collects the layers of a network, each after those that it reads, so that they form a graph without circles. A layer's number is its
/// position.
/// </summary>
public sealed class NetworkBuilder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Stands for the network's input where the number of a layer is expected.</summary>
    public const int NetworkInput = -1;

    /// <summary>What the network's input is called by its readers.</summary>
    public const string NetworkInputName = "input";

    private readonly List<NetworkNode<T>> _nodes = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [NetworkInputName] = NetworkInput };

    /// <summary>The layers so far.</summary>
    public IReadOnlyList<NetworkNode<T>> Nodes => _nodes;

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">A fresh layer; without a name it gets its kind and a number, for example <c>conv2d1</c>.</param>
    /// <param name="inputs">Numbers of the layers that it reads.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="RecipeException">Its name is taken.</exception>
    public int Add(Layer<T> layer, params IReadOnlyList<int> inputs) => Add(layer, inputs, $"network[{_nodes.Count}]");

    /// <summary>
    /// Adds a residual block: <paramref name="body"/> and <paramref name="shortcut"/> read the same layer, and their results are added.
    /// </summary>
    /// <param name="input">Number of the layer that the block reads.</param>
    /// <param name="body">The layers of the body.</param>
    /// <param name="shortcut">The layers beside it; none: the input itself is added.</param>
    /// <returns>Number of the addition.</returns>
    public int AddResidual(int input, IEnumerable<Layer<T>> body, IEnumerable<Layer<T>>? shortcut = null)
    {
        var main = body.Aggregate(input, (last, layer) => Add(layer, last));
        var side = (shortcut ?? []).Aggregate(input, (last, layer) => Add(layer, last));
        return Add(new Add<T>(), main, side);
    }

    /// <summary>The number of the layer with a name, or null.</summary>
    public int? Find(string name) => _numbers.TryGetValue(name, out var number) ? number : null;

    internal int Add(Layer<T> layer, IReadOnlyList<int> inputs, string path)
    {
        var number = _nodes.Count;
        if (inputs.Count == 0 || inputs.Any(input => input < NetworkInput || input >= number))
            throw new ArgumentOutOfRangeException(nameof(inputs), $"{path}: a layer reads one or more of the layers before it.");
        if (layer.Name.Length == 0)
            layer.Name = layer.Kind + (1 + _nodes.Count(node => node.Layer.GetType() == layer.GetType()));
        if (!_numbers.TryAdd(layer.Name, number))
            throw new RecipeException($"{path}.name: '{layer.Name}' is taken; use another");
        _nodes.Add(new(layer, inputs, path));
        return number;
    }
}
