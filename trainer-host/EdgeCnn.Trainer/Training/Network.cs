using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// Layers in an order in which each stands behind those that it reads, with the parameters of all of them in one block.
/// </summary>
public sealed class Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ParameterAlignment = 16;

    /// <summary>Connects layers one behind the other and gives their parameters memory, all zero.</summary>
    /// <param name="input">Shape of one sample.</param>
    /// <param name="layers">Fresh layers, first to last.</param>
    /// <exception cref="RecipeException">A layer can't take the shape that the one before it gives.</exception>
    public Network(Shape input, IEnumerable<Layer<T>> layers)
        : this(input, Chain(layers))
    {
    }

    /// <summary>Connects layers as a builder has them and gives their parameters memory, all zero.</summary>
    /// <param name="input">Shape of one sample.</param>
    /// <param name="builder">The layers; the last one's output is the network's.</param>
    /// <exception cref="RecipeException">A layer can't take the shapes that it reads, or nobody reads it.</exception>
    public Network(Shape input, NetworkBuilder<T> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var nodes = builder.Nodes;
        Input = input;
        Layers = [.. nodes.Select(node => node.Layer)];
        Paths = [.. nodes.Select(node => node.Path)];
        Wiring = new Wiring(nodes.Select(node => node.Inputs));
        if (Layers.Count == 0)
            throw new RecipeException("network: a network needs at least one layer");
        for (var i = 0; i < Layers.Count; i++)
        {
            Bind(nodes[i]);
            if (i < Layers.Count - 1 && Wiring.ReadingsOf(i).Count == 0)
                throw new RecipeException($"{nodes[i].Path}: no layer reads {Layers[i].Name}; name it as an input of one, or remove it");
        }

        BatchLayers = [.. Enumerable.Range(0, Layers.Count).Where(i => Layers[i] is BatchLayer<T>)];

        Parameters = [.. Layers.SelectMany(layer => layer.Parameters)];
        var offsets = new int[Parameters.Count];
        var length = 0;
        for (var i = 0; i < Parameters.Count; i++)
        {
            offsets[i] = length;
            length = checked((length + Parameters[i].Length + ParameterAlignment - 1) / ParameterAlignment * ParameterAlignment);
        }

        Values = new Block<T>(length);
        Gradients = new Block<T>(length);
        for (var i = 0; i < Parameters.Count; i++)
            Parameters[i].Attach(Values, Gradients, offsets[i]);
        BackwardGradients = [.. Layers.Select(BackwardRange)];
    }

    /// <summary>Shape of one sample's input.</summary>
    public Shape Input { get; }

    /// <summary>Shape of one sample's output.</summary>
    public Shape Output => Layers[^1].Output;

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<Layer<T>> Layers { get; }

    /// <summary>What messages call the places where the layers are described, for example <c>network[3].body[0]</c>.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Who reads whom.</summary>
    public Wiring Wiring { get; }

    /// <summary>The parameters of all layers, in order.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Number of values that training changes.</summary>
    public int ParameterCount => Parameters.Where(parameter => parameter.Trainable).Sum(parameter => parameter.Length);

    /// <summary>Numbers of the layers that need the whole mini-batch in training.</summary>
    internal IReadOnlyList<int> BatchLayers { get; }

    /// <summary>Which part of <see cref="Gradients"/> each layer's backward writes, in whole vectors.</summary>
    internal IReadOnlyList<(int Start, int Length)> BackwardGradients { get; }

    internal Block<T> Values { get; }

    internal Block<T> Gradients { get; }

    /// <summary>
    /// Draws all weights from <paramref name="seed"/> by their layers' initializers and sets what is no weight to its start, mostly 0.
    /// </summary>
    public void Initialize(ulong seed)
    {
        Values.Span.Clear();
        ulong stream = 0;
        foreach (var layer in Layers)
        {
            foreach (var parameter in layer.Parameters)
            {
                if (parameter.IsWeight)
                    layer.Initializer.Fill(parameter.Values, parameter.FanIn, parameter.FanOut, new SplitMix64(seed, stream));
                else
                    parameter.Values.Fill(T.CreateTruncating(parameter.Start));
                stream++;
            }
        }

        WeightsChanged();
    }

    /// <summary>Shape of a layer's output; of the network's input for −1.</summary>
    public Shape ShapeOf(int tensor) => tensor < 0 ? Input : Layers[tensor].Output;

    /// <summary>To be called after parameter values were written.</summary>
    public void WeightsChanged()
    {
        // Quantization-aware steps call it; an enumerator would be allocated.
        for (var i = 0; i < Layers.Count; i++)
            Layers[i].WeightsChanged();
    }

    /// <summary>
    /// Runs samples through the network and keeps every layer's output, for calibration and comparison.
    /// </summary>
    /// <param name="batch">Whole samples, one behind the other.</param>
    /// <returns>The pass; <see cref="NetworkPass{T}.Activation"/> has the outputs.</returns>
    public NetworkPass<T> Forward(ReadOnlySpan<T> batch)
    {
        var count = batch.Length / Input.Length;
        if (count == 0 || count * Input.Length != batch.Length)
            throw new ArgumentException($"{batch.Length} values are not whole samples of {Input}.", nameof(batch));
        var pass = new NetworkPass<T>(this, count, PassPurpose.Inspect);
        batch.CopyTo(pass.Input);
        pass.Forward(count);
        return pass;
    }

    /// <summary>A layer that needs the whole mini-batch writes its gradients when it measures, not here.</summary>
    private static (int Start, int Length) BackwardRange(Layer<T> layer)
    {
        Parameter<T>[] written = layer is BatchLayer<T> ? [] : [.. layer.Parameters];
        return written.Length == 0 ? default : (written[0].Offset, written[^1].Offset + written[^1].Length - written[0].Offset);
    }

    private static NetworkBuilder<T> Chain(IEnumerable<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var builder = new NetworkBuilder<T>();
        _ = layers.Aggregate(NetworkBuilder<T>.NetworkInput, (last, layer) => builder.Add(layer, last));
        return builder;
    }

    private void Bind(NetworkNode<T> node)
    {
        var layer = node.Layer;
        Shape[] inputs = [.. node.Inputs.Select(ShapeOf)];
        try
        {
            layer.Bind(inputs);
            _ = checked(layer.Output.Length + layer.ScratchLength + layer.StateLength);
        }
        catch (OverflowException tooLarge)
        {
            throw new RecipeException($"{node.Path}: the layer is too large for an input of {inputs[0]}; make it smaller", tooLarge);
        }
        catch (SettingException refused)
        {
            throw new RecipeException($"{node.Path}.{refused.ParamName}: {refused.Reason}");
        }

        foreach (var parameter in layer.Parameters)
            parameter.Name = $"{layer.Name}.{parameter.Name}";
    }
}
