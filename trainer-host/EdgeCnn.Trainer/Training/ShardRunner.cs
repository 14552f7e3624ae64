using System;
using System.Numerics;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.Augmentations;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Training;

/// <summary>The first half of a step: every shard of a mini-batch forward, loss and backward.</summary>
internal sealed class ShardRunner<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly Loss<T> _loss;
    private readonly T[] _table;
    private readonly NetworkPass<T>[] _passes;
    private readonly T[][] _targets;
    private readonly byte[][] _pixels;
    private readonly Augmenter? _augmenter;
    private readonly int[] _samples;
    private readonly double[] _losses;
    private readonly int[] _correct;
    private Dataset _data = null!;
    private int _sampleCount;
    private TrainingMoment _moment;
    private int _epoch;

    public ShardRunner(Network<T> network, Loss<T> loss, Normalization normalization, int batch, int threads, Augmenter? augmenter)
    {
        _augmenter = augmenter is { IsEmpty: false } ? augmenter : null;
        _pixels = new byte[threads][];
        (_network, _loss, _table) = (network, loss, normalization.Table<T>());
        var shards = ShardsOf(batch);
        var capacity = Math.Min(batch, TrainingLoop<T>.ShardSize);
        (_passes, _targets) = (new NetworkPass<T>[threads], new T[threads][]);
        for (var i = 0; i < threads; i++)
        {
            _passes[i] = new NetworkPass<T>(network, capacity, PassPurpose.Train);
            _targets[i] = new T[network.Output.Length];
            _pixels[i] = new byte[_augmenter is null ? 0 : network.Input.Length];
        }

        Gradients = new Block<T>[shards];
        for (var i = 0; i < shards; i++)
            Gradients[i] = new Block<T>(network.Gradients.Length);
        (_samples, _losses, _correct) = (new int[batch], new double[shards], new int[shards]);
        Body = RunShard;
    }

    /// <summary>The gradient of every shard, summed over its samples.</summary>
    public Block<T>[] Gradients { get; }

    /// <summary>Shards of the current mini-batch.</summary>
    public int Count { get; private set; }

    /// <summary>Samples of the current mini-batch.</summary>
    public int SampleCount => _sampleCount;

    /// <summary>Computes one shard; for <see cref="WorkerPool.Run"/>.</summary>
    public Action<int, int> Body { get; }

    /// <summary>Loss of the mini-batch, summed over its samples.</summary>
    public double Loss
    {
        get
        {
            double sum = 0;
            foreach (var loss in _losses.AsSpan(0, Count))
                sum += loss;
            return sum;
        }
    }

    /// <summary>Samples of the mini-batch that were classified right.</summary>
    public int Correct
    {
        get
        {
            var sum = 0;
            foreach (var correct in _correct.AsSpan(0, Count))
                sum += correct;
            return sum;
        }
    }

    /// <summary>Shards of so many samples.</summary>
    public static int ShardsOf(int samples) => (samples + TrainingLoop<T>.ShardSize - 1) / TrainingLoop<T>.ShardSize;

    /// <summary>Takes a mini-batch.</summary>
    public void Begin(Dataset data, ReadOnlySpan<int> samples, int epoch, TrainingMoment moment)
    {
        (_epoch, _moment) = (epoch, moment);
        _data = data;
        samples.CopyTo(_samples);
        _sampleCount = samples.Length;
        Count = ShardsOf(samples.Length);
    }

    private void RunShard(int shard, int worker)
    {
        var pass = _passes[worker];
        var first = shard * TrainingLoop<T>.ShardSize;
        var samples = _samples.AsSpan(first, Math.Min(TrainingLoop<T>.ShardSize, _sampleCount - first));
        var inputs = _network.Input.Length;
        for (var i = 0; i < samples.Length; i++)
            Normalization.Apply<T>(Image(samples[i], worker), _table, pass.Input.Slice(i * inputs, inputs));
        pass.Moment = _moment with { FirstSample = first };
        pass.Forward(samples.Length);

        var outputs = _network.Output.Length;
        double loss = 0;
        var correct = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var label = _data.Labels[samples[i]];
            var output = pass.Output.Slice(i * outputs, outputs);
            _targets[worker][label] = T.One;
            loss += double.CreateTruncating(
                _loss.Evaluate(output, _targets[worker], pass.OutputGradient.Slice(i * outputs, outputs)));
            _targets[worker][label] = T.Zero;
            correct += Evaluator.Winner(output) == label ? 1 : 0;
        }

        (_losses[shard], _correct[shard]) = (loss, correct);
        pass.Backward(Gradients[shard]);
    }

    /// <summary>An image as this epoch shows it.</summary>
    private ReadOnlySpan<byte> Image(int index, int worker)
    {
        if (_augmenter is null)
            return _data.Image(index);
        _augmenter.Apply(_data.Image(index), _epoch, index, _pixels[worker]);
        return _pixels[worker];
    }
}
