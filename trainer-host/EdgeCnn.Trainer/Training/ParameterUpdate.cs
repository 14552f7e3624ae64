using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Optimizers;

namespace EdgeCnn.Trainer.Training;

/// <summary>The second half of a step: the shards' gradients are added, averaged and applied, chunk by chunk of the parameters.</summary>
internal sealed class ParameterUpdate<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ChunkLength = 4096;
    private readonly Network<T> _network;
    private readonly Optimizer<T> _optimizer;
    private readonly ShardRunner<T> _shards;
    private readonly Block<T> _slots;
    private readonly (Parameter<T> Parameter, int Start, int Length)[] _chunks;
    private T _rate;
    private long _step;

    public ParameterUpdate(Network<T> network, Optimizer<T> optimizer, ShardRunner<T> shards)
    {
        (_network, _optimizer, _shards) = (network, optimizer, shards);
        _slots = new Block<T>((long)optimizer.SlotCount * network.Values.Length);
        var chunks = new List<(Parameter<T>, int, int)>();
        foreach (var parameter in network.Parameters)
        {
            for (var start = 0; start < parameter.Length; start += ChunkLength)
                chunks.Add((parameter, parameter.Offset + start, Math.Min(ChunkLength, parameter.Length - start)));
        }

        _chunks = [.. chunks];
        Body = UpdateChunk;
    }

    /// <summary>Number of chunks.</summary>
    public int Count => _chunks.Length;

    /// <summary>Applies one chunk; for <see cref="WorkerPool.Run"/>.</summary>
    public Action<int, int> Body { get; }

    public void Begin(T rate, long step) => (_rate, _step) = (rate, step);

    private void UpdateChunk(int index, int worker)
    {
        var (parameter, start, length) = _chunks[index];
        AverageGradient(start, length);
        if (!parameter.Trainable)
            return;
        var stride = _network.Values.Length;
        var slots = _optimizer.SlotCount == 0 ? default : _slots.Span[start..];
        var values = _network.Values.Span.Slice(start, length);
        var gradient = _network.Gradients.Span.Slice(start, length);
        _optimizer.Update(new UpdateRange<T>(parameter, values, gradient, slots, stride, _rate, _step));
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
