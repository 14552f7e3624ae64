using System;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Training;

/// <summary>What a pass has memory for.</summary>
public enum PassPurpose
{
    /// <summary>Forward only.</summary>
    Infer,

    /// <summary>Forward, with every layer's output kept.</summary>
    Inspect,

    /// <summary>Forward and backward.</summary>
    Train,
}

/// <summary>
/// The memory for running one group of samples through a network, planned once; one thread uses it at a time. Activations run in place
/// where nobody reads what they overwrite, except when inspecting.
/// </summary>
public sealed unsafe class NetworkPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly LayerWorkspace<T>[] _work;
    private readonly Block<T>[] _outputs;
    private readonly Block<T>[] _gradients;
    private readonly Block<T>[] _states;
    private readonly Block<T> _input;
    private readonly Block<T> _scratch;
    private int _count;

    /// <summary>Plans a pass.</summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">Most samples at once, 1 or more.</param>
    /// <param name="purpose">What the pass is for.</param>
    public NetworkPass(Network<T> network, int capacity, PassPurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_network, Capacity) = (network, capacity);
        var layers = network.Layers;
        _input = new Block<T>((long)capacity * network.Input.Length);
        _scratch = new Block<T>(layers.Max(layer => layer.ScratchLength));
        (_work, _outputs, _gradients, _states) = (new LayerWorkspace<T>[layers.Count], new Block<T>[layers.Count],
            new Block<T>[layers.Count], new Block<T>[layers.Count]);
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            var inPlace = purpose != PassPurpose.Inspect && i > 0 && layer.RunsInPlace && !layers[i - 1].BackwardReadsOutput;
            var length = (long)capacity * layer.Output.Length;
            _outputs[i] = inPlace ? _outputs[i - 1] : new Block<T>(length);
            _gradients[i] = purpose != PassPurpose.Train ? _scratch : inPlace ? _gradients[i - 1] : new Block<T>(length);
            _states[i] = new Block<T>((long)capacity * layer.StateLength);
            _work[i] = new LayerWorkspace<T>
            {
                Input = i == 0 ? _input.Pointer : _outputs[i - 1].Pointer,
                Output = _outputs[i].Pointer,
                OutputGradient = _gradients[i].Pointer,
                InputGradient = i == 0 ? null : _gradients[i - 1].Pointer,
                Scratch = _scratch.Pointer,
                State = _states[i].Pointer,
                Index = i,
            };
        }
    }

    /// <summary>Most samples at once.</summary>
    public int Capacity { get; }

    /// <summary>The step of a training that the next pass is part of; null to use the network as it is.</summary>
    public TrainingMoment? Moment { get; set; }

    /// <summary>Where to put the samples, one behind the other.</summary>
    public Span<T> Input => _input.Span;

    /// <summary>The network's output of the last forward pass, (count, outputs).</summary>
    public ReadOnlySpan<T> Output => Activation(_work.Length - 1);

    /// <summary>Where to put ∂loss/∂output before <see cref="Backward()"/>.</summary>
    public Span<T> OutputGradient => _gradients[^1].Span[..(_count * _network.Output.Length)];

    /// <summary>
    /// A layer's output of the last forward pass: (count, height, width, channels); all are kept by <see cref="PassPurpose.Inspect"/>.
    /// </summary>
    public ReadOnlySpan<T> Activation(int layer) => _outputs[layer].Span[..(_count * _network.Layers[layer].Output.Length)];

    /// <summary>Computes the outputs of the first <paramref name="count"/> samples of <see cref="Input"/>.</summary>
    public void Forward(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        _count = count;
        for (var i = 0; i < _work.Length; i++)
        {
            _work[i].Count = count;
            _work[i].Moment = Moment;
            _network.Layers[i].Forward(_work[i]);
        }
    }

    /// <summary>Computes the parameters' gradients, summed over the samples, into <see cref="Parameter{T}.Gradient"/>.</summary>
    public void Backward() => Backward(_network.Gradients);

    /// <summary>The same into a block of its own, so that several passes can run at once.</summary>
    internal void Backward(Block<T> gradients)
    {
        for (var i = _work.Length - 1; i >= 0; i--)
        {
            _work[i].Gradients = gradients.Pointer;
            _network.Layers[i].Backward(_work[i]);
        }
    }
}
