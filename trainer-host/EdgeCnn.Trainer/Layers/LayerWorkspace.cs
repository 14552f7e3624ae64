using System.Numerics;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Layers;

/// <summary>The memory of one layer for one group of samples: who owns what is planned once by the network's pass.</summary>
public sealed unsafe class LayerWorkspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SampleMemory<T>[] _inputMemory;
    private readonly SampleMemory<T>[] _inputGradientMemory;
    private readonly T*[] _inputs;
    private readonly T*[] _inputGradients;
    private SampleMemory<T> _output;

    internal LayerWorkspace(SampleMemory<T>[] inputs, SampleMemory<T>[] inputGradients, SampleMemory<T> output, T* scratch)
    {
        (_inputMemory, _inputGradientMemory, _output) = (inputs, inputGradients, output);
        (_inputs, _inputGradients) = (new T*[inputs.Length], new T*[inputs.Length]);
        Scratch = scratch;
    }

    /// <summary>Samples before this group in its shard of the mini-batch.</summary>
    public int First { get; private set; }

    /// <summary>Samples in the group.</summary>
    public int Count { get; private set; }

    /// <summary>(Count, height, width, channels) of the layer's input, the first one of several.</summary>
    public T* Input => _inputs[0];

    /// <summary>(Count, height, width, channels) of the layer's output.</summary>
    public T* Output { get; private set; }

    /// <summary>∂loss/∂output, of the output's shape.</summary>
    public T* OutputGradient { get; private set; }

    /// <summary>∂loss/∂input, of the first input's shape, or null when nobody needs it (a layer that reads the network's input).</summary>
    public T* InputGradient => _inputGradients[0];

    /// <summary>Memory for the length of one call.</summary>
    public T* Scratch { get; private set; }

    /// <summary>Memory from forward to backward, <see cref="Layer{T}.StateLength"/> values per sample.</summary>
    public T* State { get; private set; }

    /// <summary>What the groups of a mini-batch share, for a <see cref="BatchLayer{T}"/> that trains; null in inference.</summary>
    public BatchStatistics<T>? Batch { get; internal init; }

    /// <summary>Position of the group's shard in its mini-batch.</summary>
    public int Shard { get; internal init; }

    /// <summary>The step of a training that this is part of; null when the network is only used.</summary>
    public TrainingMoment? Moment { get; internal set; }

    /// <summary>Position of the layer in its network.</summary>
    internal int Index { get; init; }

    /// <summary>Random numbers for one sample of the group, the same in forward and backward; while training only.</summary>
    public SplitMix64 RandomOf(int sample) => Moment!.Value.RandomOf(Index, First + sample);

    /// <summary>How a <see cref="BatchNorm{T}"/> computes: with the activation that reads it, or alone.</summary>
    internal NormalizationLoops<T> Normalization { get; set; } = NormalizationLoops<T>.Alone;

    /// <summary>The normalization whose output the layer computes itself instead of reading <see cref="Input"/>, or null.</summary>
    internal TakenNormalization<T>? Before { get; set; }

    /// <summary>The normalization whose gradient the layer computes itself instead of reading <see cref="OutputGradient"/>, or null.</summary>
    internal TakenNormalization<T>? Behind { get; set; }

    /// <summary>Gradients of all parameters of the network, in the order of its values.</summary>
    internal T* Gradients { get; set; }

    /// <summary>Memory for <see cref="OutputGradient"/>.</summary>
    internal SampleMemory<T> OutputGradientMemory { get; set; }

    /// <summary>Memory for <see cref="State"/>.</summary>
    internal SampleMemory<T> StateMemory { get; init; }

    /// <summary>What is read after this group.</summary>
    internal Upcoming<T> Upcoming { get; private set; }

    /// <summary>Where the input of the group that begins with sample <paramref name="first"/> is.</summary>
    internal T* InputFrom(int first) => _inputMemory[0].At(first);

    /// <summary>Goes to a group of the shard's samples.</summary>
    internal void Select(int first, int count, in Upcoming<T> upcoming)
    {
        Upcoming = upcoming;
        (First, Count) = (first, count);
        Output = _output.At(first);
        OutputGradient = OutputGradientMemory.At(first);
        State = StateMemory.At(first);
        for (var i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = _inputMemory[i].At(first);
            _inputGradients[i] = _inputGradientMemory[i].At(first);
        }
    }

    /// <summary>Goes to another thread's memory: what is in <paramref name="from"/> will be in <paramref name="to"/>.</summary>
    internal void Move(ThreadMemory<T> from, ThreadMemory<T> to)
    {
        Scratch = to.Scratch.Pointer;
        _output = from.Move(_output, to);
        OutputGradientMemory = from.Move(OutputGradientMemory, to);
        for (var i = 0; i < _inputMemory.Length; i++)
        {
            _inputMemory[i] = from.Move(_inputMemory[i], to);
            _inputGradientMemory[i] = from.Move(_inputGradientMemory[i], to);
        }
    }

    /// <summary>(Count, height, width, channels) of the input with this position.</summary>
    public T* InputAt(int index) => _inputs[index];

    /// <summary>∂loss/∂input of the input with this position, or null when nobody needs it.</summary>
    public T* InputGradientAt(int index) => _inputGradients[index];

    /// <summary>Where backward writes the gradient of <paramref name="parameter"/>.</summary>
    public T* GradientOf(Parameter<T> parameter) => Gradients + parameter.Offset;
}
