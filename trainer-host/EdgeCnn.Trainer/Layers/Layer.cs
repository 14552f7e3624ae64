using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// One step of a network: output = f(input, parameters), and the gradient of the loss backward through it. A layer holds settings and
/// parameters only; what belongs to a batch is in <see cref="LayerWorkspace{T}"/>, so threads share a layer.
/// </summary>
public abstract class Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Name within the network, the kind and a number by default, for example <c>conv2d1</c>.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The name of the layer's type in recipes.</summary>
    public string Kind => KindTable.NameOf(this);

    /// <summary>Shape of one sample's input, the first one of several; known once the layer is in a network.</summary>
    public Shape Input { get; private set; }

    /// <summary>Shapes of one sample's inputs, in their order; known once the layer is in a network.</summary>
    public IReadOnlyList<Shape> Inputs { get; private set; } = [];

    /// <summary>Shape of one sample's output; known once the layer is in a network.</summary>
    public Shape Output { get; private set; }

    /// <summary>What multiplies the input, or null.</summary>
    public Parameter<T>? Weights { get; protected set; }

    /// <summary>What is added per output channel, or null.</summary>
    public Parameter<T>? Bias { get; protected set; }

    /// <summary>How the weights start.</summary>
    public Initializer Initializer { get; protected init; } = new HeNormal();

    /// <summary>How the parameters train; to be set before the layer is put into a network.</summary>
    public ParameterSettings Settings { get; set; } = new();

    /// <summary>All parameters, in the order in which they are stored.</summary>
    public virtual IEnumerable<Parameter<T>> Parameters
    {
        get
        {
            if (Weights is not null)
                yield return Weights;
            if (Bias is not null)
                yield return Bias;
        }
    }

    /// <summary>True when the output may overwrite the first input, and that input's gradient the output's.</summary>
    public virtual bool RunsInPlace => false;

    /// <summary>True when the gradient of the first input may overwrite the output's, which <see cref="RunsInPlace"/> implies.</summary>
    public virtual bool BackwardRunsInPlace => RunsInPlace;

    /// <summary>False when backward reads no input, so that the inputs need not be kept.</summary>
    public virtual bool BackwardReadsInput => true;

    /// <summary>True when backward reads the output, so that the next layer must not overwrite it.</summary>
    public virtual bool BackwardReadsOutput => false;

    /// <summary>
    /// True when the layer can do the work of the normalizations before and behind it, column by column as it needs them.
    /// </summary>
    internal virtual bool TakesNormalizations => false;

    /// <summary>Values of scratch memory that a forward or backward call needs.</summary>
    public virtual int ScratchLength => 0;

    /// <summary>Values per sample that forward remembers for backward, besides input and output.</summary>
    public virtual int StateLength => 0;

    /// <summary>
    /// What the layer becomes on a device, or null when the runtime has nothing like it. Known once the layer is in a network.
    /// </summary>
    public virtual IntegerForm? IntegerForm => null;

    /// <summary>
    /// The weights of that operator, output channels first: those of <see cref="Weights"/> where they are not made of several parameters.
    /// </summary>
    public virtual ReadOnlySpan<T> OperatorWeights => Weights is null ? [] : Weights.Values;

    /// <summary>Computes <see cref="LayerWorkspace{T}.Output"/>.</summary>
    public abstract void Forward(LayerWorkspace<T> work);

    /// <summary>
    /// From <see cref="LayerWorkspace{T}.OutputGradient"/> computes <see cref="LayerWorkspace{T}.InputGradient"/> (when it is wanted) and
    /// the parameters' gradients, summed over the samples. Writes; does not add to what was there: where a tensor has several readers,
    /// the pass adds what they give.
    /// </summary>
    public abstract void Backward(LayerWorkspace<T> work);

    /// <summary>Called after the parameters' values changed, to bring copies in another order up to date.</summary>
    public virtual void WeightsChanged()
    {
    }

    /// <summary>Fixes the inputs' shapes and makes the parameters.</summary>
    /// <exception cref="ArgumentException">The layer can't take these shapes; the parameter name is the setting at fault.</exception>
    internal void Bind(IReadOnlyList<Shape> inputs)
    {
        if (Inputs.Count > 0)
            throw new InvalidOperationException($"The layer {Name} already belongs to a network.");
        (Input, Inputs) = (inputs[0], inputs);
        Output = Configure(inputs);
        Settings.ApplyTo(this);
    }

    /// <summary>The same as <see cref="Configure(Shape)"/> for a layer of several inputs; all others refuse more than one.</summary>
    protected virtual Shape Configure(IReadOnlyList<Shape> inputs) => inputs.Count == 1
        ? Configure(inputs[0])
        : throw Require.Refuse("inputs", $"{Kind} reads one input, not {inputs.Count}; name one");

    /// <summary>Checks the input's shape, makes <see cref="Weights"/> and <see cref="Bias"/>, and returns the output's shape.</summary>
    protected abstract Shape Configure(Shape input);
}

/// <summary>A small configuration of a layer, on which the tests check it.</summary>
/// <param name="Layer">A fresh layer.</param>
/// <param name="Input">Shape of its input.</param>
public sealed record LayerExample<T>(Layer<T> Layer, Shape Input)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How often the layer reads the input: a layer of several inputs gets the same one for each.</summary>
    public int Readings { get; init; } = 1;

    /// <summary>A network of the layer, with <paramref name="before"/> in front of it.</summary>
    public Network<T> ToNetwork(params IEnumerable<Layer<T>> before)
    {
        var builder = new NetworkBuilder<T>();
        var last = before.Aggregate(NetworkBuilder<T>.NetworkInput, (input, layer) => builder.Add(layer, input));
        builder.Add(Layer, [.. Enumerable.Repeat(last, Readings)]);
        return new Network<T>(Input, builder);
    }
}

/// <summary>Implemented by every layer, so that one harness checks shapes, gradients and determinism of all of them.</summary>
public interface IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A few small configurations that cover the layer's settings.</summary>
    static abstract IEnumerable<LayerExample<T>> Examples { get; }
}
