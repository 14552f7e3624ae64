using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Training;

/// <summary>Layers one behind the other, with the parameters of all of them in one block.</summary>
public sealed class Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ParameterAlignment = 16;

    /// <summary>Connects the layers and gives their parameters memory, all zero.</summary>
    /// <param name="input">Shape of one sample.</param>
    /// <param name="layers">Fresh layers, first to last.</param>
    /// <exception cref="RecipeException">A layer can't take the shape that the one before it gives.</exception>
    public Network(Shape input, IEnumerable<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Input = input;
        Layers = [.. layers];
        if (Layers.Count == 0)
            throw new RecipeException("network: a network needs at least one layer");
        var shape = input;
        for (var i = 0; i < Layers.Count; i++)
        {
            var layer = Layers[i];
            if (layer.Name.Length == 0)
                layer.Name = layer.Kind + (1 + Layers.Take(i).Count(other => other.GetType() == layer.GetType()));
            try
            {
                layer.Bind(shape);
                _ = checked(layer.Output.Length + layer.ScratchLength + layer.StateLength);
            }
            catch (OverflowException tooLarge)
            {
                throw new RecipeException($"network[{i}]: the layer is too large for an input of {shape}; make it smaller", tooLarge);
            }
            catch (SettingException refused)
            {
                throw new RecipeException($"network[{i}].{refused.ParamName}: {refused.Reason}");
            }

            foreach (var parameter in layer.Parameters)
                parameter.Name = $"{layer.Name}.{parameter.Name}";
            shape = layer.Output;
        }

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
    }

    /// <summary>Shape of one sample's input.</summary>
    public Shape Input { get; }

    /// <summary>Shape of one sample's output.</summary>
    public Shape Output => Layers[^1].Output;

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<Layer<T>> Layers { get; }

    /// <summary>The parameters of all layers, in order.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Number of values that training changes.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Length);

    internal Block<T> Values { get; }

    internal Block<T> Gradients { get; }

    /// <summary>Draws all weights from <paramref name="seed"/> by their layers' initializers and sets biases to 0.</summary>
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
                stream++;
            }
        }

        WeightsChanged();
    }

    /// <summary>To be called after parameter values were written.</summary>
    public void WeightsChanged()
    {
        foreach (var layer in Layers)
            layer.WeightsChanged();
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
}
