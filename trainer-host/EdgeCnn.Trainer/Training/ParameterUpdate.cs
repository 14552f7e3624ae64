using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Optimizers;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// The second half of a step: the shards' gradients are added, averaged, regularized and applied, chunk by chunk of the parameters.
/// </summary>
internal sealed class ParameterUpdate<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkLength = 4096;
    private readonly Network<T> _network;
    private readonly ElementwiseOptimizer<T>? _elementwise;
    private readonly VectorOptimizer<T>? _whole;
    private readonly ShardRunner<T> _shards;
    private readonly Regularization _regularization;
    private readonly (Parameter<T> Parameter, int Start, int Length)[] _chunks;
    private double _rate;

    public ParameterUpdate(Network<T> network, Optimizer<T> optimizer, ShardRunner<T> shards, Regularization regularization)
    {
        (_network, _shards, _regularization) = (network, shards, regularization);
        (_elementwise, _whole) = (optimizer as ElementwiseOptimizer<T>, optimizer as VectorOptimizer<T>);
        State = new OptimizerState<T>(optimizer, network);
        var chunks = new List<(Parameter<T>, int, int)>();
        foreach (var parameter in network.Parameters)
        {
            for (var start = 0; start < parameter.Length; start += ChunkLength)
                chunks.Add((parameter, parameter.Offset + start, Math.Min(ChunkLength, parameter.Length - start)));
        }

        _chunks = [.. chunks];
        Body = UpdateChunk;
    }

    /// <summary>What the optimizer remembers.</summary>
    public OptimizerState<T> State { get; }

    /// <summary>Number of chunks.</summary>
    public int Count => _chunks.Length;

    /// <summary>Applies one chunk; for <see cref="WorkerPool.Run"/>.</summary>
    public Action<int, int> Body { get; }

    /// <summary>Before the chunks of a step.</summary>
    public void Begin(double rate)
    {
        _rate = rate;
        State.Steps++;
    }

    /// <summary>After all chunks of a step.</summary>
    public void End() => _whole?.Update(new VectorStep<T>(
        _network.Values.Span, _network.Gradients.Span, State.Memory, State.Pieces,
        _shards.Loss / _shards.SampleCount + _regularization.Penalty(_network.Parameters), _rate));

    private void UpdateChunk(int index, int worker)
    {
        var (parameter, start, length) = _chunks[index];
        AverageGradient(start, length);
        if (!parameter.Trainable)
            return;
        var values = _network.Values.Span.Slice(start, length);
        var gradient = _network.Gradients.Span.Slice(start, length);
        _regularization.AddGradient(parameter, values, gradient);
        _elementwise?.Update(new UpdateRange<T>(
            values, gradient, State.Memory[start..], State.Stride, T.CreateTruncating(_rate * parameter.RateMultiplier), State.Steps,
            parameter.Decays));
    }

    /// <summary>
    /// gradient = (Σ shards' gradients, in their order) / samples. Whole vectors: parameters are padded to some in their block.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void AverageGradient(int start, int length)
    {
        var scale = Vector256.Create(T.One / T.CreateTruncating(_shards.SampleCount));
        var target = _network.Gradients.Pointer + start;
        for (var i = 0; i < length; i += Vector256<T>.Count)
        {
            var sum = Vector256.Load(_shards.Gradients[0].Pointer + start + i);
            for (var shard = 1; shard < _shards.Count; shard++)
                sum += Vector256.Load(_shards.Gradients[shard].Pointer + start + i);
            (sum * scale).Store(target + i);
        }
    }
}
