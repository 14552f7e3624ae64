using System;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.Augmentations;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Training;

/// <summary>The first half of a step: every shard of a mini-batch forward, loss and backward.</summary>
/// <remarks>
/// A network without layers that need the whole mini-batch runs each shard to the end at once, and a thread reuses its memory for one
/// shard after another. Otherwise every shard has memory of its own, and the threads meet at each such layer. The numbers are the same.
/// </remarks>
internal sealed class ShardRunner<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly Loss<T> _loss;
    private readonly T[] _table;
    private readonly BatchMemory<T> _batch;
    private readonly NetworkPass<T>[] _passes;
    private readonly ThreadMemory<T>[] _memory;
    private readonly T[][] _targets;
    private readonly byte[][] _pixels;
    private readonly Augmenter? _augmenter;
    private readonly AugmentationAhead? _ahead;
    private readonly int[] _samples;
    private readonly double[] _losses;
    private readonly int[] _correct;
    private readonly int _segments;
    private readonly Action<int, int> _body;
    private Dataset _data = null!;
    private TrainingMoment _moment;
    private int _stage, _epoch;

    public ShardRunner(Network<T> network, Loss<T> loss, Normalization normalization, TrainingSettings settings, int threads)
    {
        var batch = settings.Batch;
        _augmenter = settings.Augmenter is { IsEmpty: false } augmenter ? augmenter : null;
        if (_augmenter is not null && settings.AugmentAhead)
            _ahead = new AugmentationAhead(_augmenter, network.Input.Length, batch);
        (_network, _loss, _table) = (network, loss, normalization.Table<T>());
        var shards = ShardsOf(batch);
        var capacity = Math.Min(batch, TrainingLoop<T>.ShardSize);
        _batch = new BatchMemory<T>(network, shards);
        var plan = new GradientPlan<T>(network, PassPurpose.Train);
        var gradients = new GradientMemory<T>(network, plan, capacity);
        _memory = [.. Enumerable.Range(0, threads).Select(_ => new ThreadMemory<T>(network, plan, gradients, capacity))];
        _targets = [.. Enumerable.Range(0, threads).Select(_ => new T[network.Output.Length])];
        var passes = network.BatchLayers.Count > 0 ? shards : threads;
        _passes =
        [
            .. Enumerable.Range(0, passes).Select(
                pass => new NetworkPass<T>(network, capacity, PassPurpose.Train, _batch, pass, _memory[pass % threads])),
        ];
        _pixels = [.. Enumerable.Range(0, threads).Select(_ => new byte[_augmenter is null ? 0 : network.Input.Length])];
        _segments = _passes[0].Segments;
        Gradients = new Block<T>[shards];
        for (var i = 0; i < shards; i++)
            Gradients[i] = new Block<T>(network.Gradients.Length);
        (_samples, _losses, _correct) = (new int[batch], new double[shards], new int[shards]);
        _body = RunShard;
    }

    /// <summary>The gradient of every shard, summed over its samples.</summary>
    public Block<T>[] Gradients { get; }

    /// <summary>Shards of the current mini-batch.</summary>
    public int Count { get; private set; }

    /// <summary>Samples of the current mini-batch.</summary>
    public int SampleCount { get; private set; }

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

    /// <summary>Runs a mini-batch: the segments forward, the last one there and back, and the others backward.</summary>
    /// <param name="data">The training images.</param>
    /// <param name="samples">Those of the mini-batch.</param>
    /// <param name="next">Those of the mini-batch that follows in the epoch; none at its end.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="moment">The step.</param>
    /// <param name="pool">The threads.</param>
    public void Run(
        Dataset data, ReadOnlySpan<int> samples, ReadOnlySpan<int> next, int epoch, TrainingMoment moment, WorkerPool pool)
    {
        _ahead?.Take(data, samples, epoch);
        if (!next.IsEmpty)
            _ahead?.Begin(data, next, epoch);
        (_epoch, _moment) = (epoch, moment);
        _data = data;
        samples.CopyTo(_samples);
        (SampleCount, Count) = (samples.Length, ShardsOf(samples.Length));
        _batch.Begin(Count);
        var turn = _segments - 1;
        for (_stage = 0; _stage <= 2 * turn; _stage++)
        {
            pool.Run(Count, _body);
            if (_stage < turn)
                _batch.CombineForward(_stage);
            else if (_stage < 2 * turn)
                _batch.CombineBackward(2 * turn - _stage);
        }
    }

    /// <summary>Ends the thread that augments ahead.</summary>
    public void Dispose() => _ahead?.Dispose();

    private void RunShard(int shard, int worker)
    {
        var pass = _passes[_segments > 1 ? shard : worker];
        pass.Use(_memory[worker]);
        pass.Next = _segments > 1 && shard + _memory.Length < Count ? _passes[shard + _memory.Length] : null;
        var turn = _segments - 1;
        var first = shard * TrainingLoop<T>.ShardSize;
        var samples = _samples.AsSpan(first, Math.Min(TrainingLoop<T>.ShardSize, SampleCount - first));
        pass.Moment = _moment with { FirstSample = first };
        if (_stage == 0)
            Load(pass, samples, first, worker);
        if (_stage <= turn)
            pass.ForwardSegment(_stage);
        if (_stage == turn)
            (_losses[shard], _correct[shard]) = Evaluate(pass, samples, _targets[worker]);
        if (_stage >= turn)
            pass.BackwardSegment(2 * turn - _stage, Gradients[shard]);
    }

    private void Load(NetworkPass<T> pass, ReadOnlySpan<int> samples, int first, int worker)
    {
        pass.Begin(samples.Length);
        var inputs = _network.Input.Length;
        for (var i = 0; i < samples.Length; i++)
            Normalization.Apply<T>(Image(first + i, samples[i], worker), _table, pass.Input.Slice(i * inputs, inputs));
    }

    private (double Loss, int Correct) Evaluate(NetworkPass<T> pass, ReadOnlySpan<int> samples, T[] target)
    {
        var outputs = _network.Output.Length;
        double loss = 0;
        var correct = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var label = _data.Labels[samples[i]];
            var output = pass.Output.Slice(i * outputs, outputs);
            target[label] = T.One;
            loss += double.CreateTruncating(_loss.Evaluate(output, target, pass.OutputGradient.Slice(i * outputs, outputs)));
            target[label] = T.Zero;
            correct += Evaluator.Winner(output) == label ? 1 : 0;
        }

        return (loss, correct);
    }

    /// <summary>An image as this epoch shows it.</summary>
    private ReadOnlySpan<byte> Image(int position, int index, int worker)
    {
        if (_augmenter is null)
            return _data.Image(index);
        if (_ahead is not null)
            return _ahead.Image(position);
        _augmenter.Apply(_data.Image(index), _epoch, index, _pixels[worker]);
        return _pixels[worker];
    }
}
