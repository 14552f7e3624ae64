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

    /// <summary>Forward and backward, with the statistics of the mini-batch.</summary>
    Train,
}

/// <summary>
/// The memory for running one group of samples through a network, planned once; one thread uses it at a time. Activations run in place
/// where nobody reads what they overwrite, or are joined with the normalization before them, except when inspecting.
/// </summary>
/// <remarks>
/// Each <see cref="BatchLayer{T}"/> cuts a training pass into segments, because it goes on only when all samples of the mini-batch have
/// come to it. A few samples run through a segment, of one layer or of twenty, while their values are in the processor's cache: see
/// <see cref="Segment"/>.
/// </remarks>
public sealed unsafe class NetworkPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly GradientPlan<T> _plan;
    private readonly BatchMemory<T>? _batch;
    private readonly int _shard;
    private readonly Segment[] _segments;
    private readonly LayerWorkspace<T>[] _work;
    private readonly Block<T>[] _outputs;
    private readonly Block<T>[] _gradients;
    private readonly Block<T>[] _states;
    private readonly Block<T>[] _spares;
    private readonly Block<T> _input;
    private ThreadMemory<T> _memory;
    private int _count;

    /// <summary>Plans a pass of its own.</summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">Most samples at once, 1 or more.</param>
    /// <param name="purpose">What the pass is for.</param>
    public NetworkPass(Network<T> network, int capacity, PassPurpose purpose)
        : this(network, capacity, purpose, purpose == PassPurpose.Train ? new BatchMemory<T>(network, 1) : null, 0, null)
    {
    }

    /// <summary>Plans a pass over one shard of a mini-batch.</summary>
    internal NetworkPass(Network<T> network, int capacity, PassPurpose purpose, BatchMemory<T>? batch, int shard, ThreadMemory<T>? memory)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_network, Capacity, _batch, _shard) = (network, capacity, batch, shard);
        _plan = new GradientPlan<T>(network, purpose);
        _segments = Segment.Of(network, capacity, batch is null ? [] : network.BatchLayers);
        var layers = network.Layers;
        _input = new Block<T>((long)capacity * network.Input.Length);
        var places = purpose == PassPurpose.Train ? new GradientMemory<T>(network, _plan, capacity) : null;
        _memory = memory ?? new ThreadMemory<T>(network, _plan, places, capacity);
        _spares = purpose == PassPurpose.Train ? Spares() : [];
        _gradients = [.. (places?.ShardBlocks ?? []).Select(length => new Block<T>(length))];
        (_work, _outputs, _states) = (new LayerWorkspace<T>[layers.Count], new Block<T>[layers.Count], new Block<T>[layers.Count]);
        for (var i = 0; i < layers.Count; i++)
        {
            var sources = network.Wiring.InputsOf(i);
            var length = (long)capacity * layers[i].Output.Length;
            var inPlace = _plan.IsInPlace(i);
            _outputs[i] = inPlace ? _outputs[sources[0]] : _plan.IsPassing(i) ? _memory.Passing : new Block<T>(length);
            _states[i] = new Block<T>((long)capacity * layers[i].StateLength);
            var (inputs, inputGradients) = (new SampleMemory<T>[sources.Count], new SampleMemory<T>[sources.Count]);
            for (var slot = 0; slot < sources.Count; slot++)
            {
                inputs[slot] = MemoryOf(sources[slot]);
                inputGradients[slot] = sources[slot] < 0 || purpose != PassPurpose.Train ? default
                    : _plan.AddedSlots(i).Contains(slot) ? SampleMemory<T>.Reused(_spares[slot])
                    : GradientOf(sources[slot], places!);
            }

            _work[i] = new LayerWorkspace<T>(inputs, inputGradients, MemoryOf(i), _memory.Scratch.Pointer)
            {
                OutputGradientMemory = places is null ? default : GradientOf(i, places),
                StateMemory = new SampleMemory<T>(_states[i].Pointer, layers[i].StateLength),
                Batch = batch?.Of(i),
                Shard = shard,
                Index = i,
            };
            if (_plan.IsJoined(i))
                _work[sources[0]].Normalization = ((IJoinsNormalization<T>)layers[i]).Loops;
        }

        for (var i = 0; i < layers.Count; i++)
        {
            if (_plan.TakenBefore(i) is >= 0 and var before)
                _work[i].Before = new((BatchNorm<T>)layers[before], _work[before]);
            if (_plan.TakenBehind(i) is >= 0 and var behind)
                _work[i].Behind = new((BatchNorm<T>)layers[behind], _work[behind]);
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
    public Span<T> OutputGradient => _gradients[0].Span[..(_count * _network.Output.Length)];

    /// <summary>The pass over the shard that the thread will probably run next; null when there is none.</summary>
    internal NetworkPass<T>? Next { get; set; }

    /// <summary>Parts that a forward pass is cut into.</summary>
    internal int Segments => _segments.Length;

    /// <summary>
    /// A layer's output of the last forward pass: (count, height, width, channels); all are kept by <see cref="PassPurpose.Inspect"/>. The
    /// network's input for −1.
    /// </summary>
    public ReadOnlySpan<T> Activation(int layer) => OutputOf(layer).Span[..(_count * _network.ShapeOf(layer).Length)];

    /// <summary>Computes the outputs of the first <paramref name="count"/> samples of <see cref="Input"/>.</summary>
    public void Forward(int count)
    {
        _batch?.Begin(1);
        Begin(count);
        for (var segment = 0; segment < Segments; segment++)
        {
            ForwardSegment(segment);
            if (segment < Segments - 1)
                _batch!.CombineForward(segment);
        }
    }

    /// <summary>Computes the parameters' gradients, summed over the samples, into <see cref="Parameter{T}.Gradient"/>.</summary>
    public void Backward()
    {
        for (var segment = Segments - 1; segment >= 0; segment--)
        {
            BackwardSegment(segment, _network.Gradients);
            if (segment > 0)
                _batch!.CombineBackward(segment);
        }
    }

    /// <summary>States the number of samples.</summary>
    internal void Begin(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        _count = count;
        _batch?.SetSamples(_shard, count);
        foreach (var work in _work)
            work.Moment = Moment;
    }

    /// <summary>Uses the memory of the thread that runs the pass from now on.</summary>
    internal void Use(ThreadMemory<T> memory)
    {
        if (memory == _memory)
            return;
        foreach (var work in _work)
            work.Move(_memory, memory);
        _memory = memory;
    }

    /// <summary>Runs from one layer that needs the whole mini-batch to the next, and measures for that.</summary>
    internal void ForwardSegment(int segment)
    {
        var layers = _segments[segment];
        for (var first = 0; first < _count; first += layers.Group)
        {
            Select(layers, first);
            for (var i = layers.First; i < layers.End; i++)
            {
                if (!_plan.IsJoined(i) && !_plan.IsTakenForward(i))
                    _network.Layers[i].Forward(_work[i]);
            }

            if (layers.End < _work.Length)
                ((BatchLayer<T>)_network.Layers[layers.End]).MeasureForward(_work[layers.End]);
        }
    }

    /// <summary>
    /// The same backward, with the parameters' gradients into a block of its own, so that several passes can run at once.
    /// </summary>
    internal void BackwardSegment(int segment, Block<T> gradients)
    {
        var layers = _segments[segment];
        for (var first = 0; first < _count; first += layers.Group)
        {
            Select(layers, first);
            for (var i = Math.Min(layers.End, _work.Length - 1); i >= layers.FirstBackward; i--)
            {
                if (!_plan.IsJoined(i) && !_plan.IsTakenBackward(i))
                    Backward(i, first == 0 ? gradients : _memory.GroupGradients, gradients);
            }

            if (segment == 0)
                continue;
            _work[layers.First].Gradients = gradients.Pointer;
            ((BatchLayer<T>)_network.Layers[layers.First]).MeasureBackward(_work[layers.First]);
        }
    }

    /// <summary>Goes to the group of samples that begins with <paramref name="first"/>.</summary>
    private void Select(Segment layers, int first)
    {
        var count = Math.Min(layers.Group, _count - first);
        var last = Math.Min(layers.End, _work.Length - 1);
        var (owner, following) = first + count < _count ? (this, first + count) : (Next, 0);
        var upcoming = default(Upcoming<T>);
        if (owner is not null)
        {
            upcoming.Input = owner._work[layers.First].InputFrom(following);
            upcoming.Output = owner._work[last].InputFrom(following);
            upcoming.OutputGradient = owner._work[last].OutputGradientMemory.At(following);
        }

        for (var i = layers.First; i <= last; i++)
            _work[i].Select(first, count, upcoming);
    }

    /// <summary>One layer backward, and what it gives added to what is there.</summary>
    private void Backward(int layer, Block<T> own, Block<T> shard)
    {
        var work = _work[layer];
        work.Gradients = own.Pointer;
        if (_plan.RemakerOf(layer) is >= 0 and var remaker)
            _network.Layers[remaker].Forward(_work[remaker]);
        _network.Layers[layer].Backward(work);
        if (own != shard)
            AddGradients(own.Pointer, shard.Pointer, _network.BackwardGradients[layer]);
        foreach (var slot in _plan.AddedSlots(layer))
        {
            var source = _network.Wiring.InputsOf(layer)[slot];
            var sum = _work[source].OutputGradientMemory.At(work.First);
            Loops.Add(sum, _spares[slot].Pointer, sum, (nint)work.Count * _network.ShapeOf(source).Length);
        }
    }

    private static void AddGradients(T* group, T* shard, (int Start, int Length) range) =>
        Loops.Add(shard + range.Start, group + range.Start, shard + range.Start, range.Length);

    private SampleMemory<T> MemoryOf(int layer) => layer >= 0 && OutputOf(layer) == _memory.Passing
        ? SampleMemory<T>.Reused(_memory.Passing)
        : new SampleMemory<T>(OutputOf(layer).Pointer, _network.ShapeOf(layer).Length);

    private SampleMemory<T> GradientOf(int layer, GradientMemory<T> places) => places.Of(layer) switch
    {
        { IsOfGroup: true } place => SampleMemory<T>.Reused(_memory.Gradients[place.Number]),
        var place => new SampleMemory<T>(_gradients[place.Number].Pointer, _network.Layers[layer].Output.Length),
    };

    private Block<T> OutputOf(int layer) => layer < 0 ? _input : _outputs[layer];

    /// <summary>Per slot, memory for the largest gradient that is added to another one.</summary>
    private Block<T>[] Spares()
    {
        var layers = Enumerable.Range(0, _network.Layers.Count);
        var added = layers.SelectMany(i => _plan.AddedSlots(i).Select(slot => (Slot: slot, Source: _network.Wiring.InputsOf(i)[slot])));
        var longest = added.ToLookup(input => input.Slot, input => _network.ShapeOf(input.Source).Length);
        return
        [
            .. Enumerable.Range(0, longest.Select(slot => slot.Key).DefaultIfEmpty(-1).Max() + 1)
                .Select(slot => new Block<T>((long)Capacity * longest[slot].DefaultIfEmpty(0).Max())),
        ];
    }
}
