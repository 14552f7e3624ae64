using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Numerics;
using System.Threading;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Schedules;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// Forward, loss, backward, update, over mini-batches and epochs, on several threads with the same bits for any number of them.
/// </summary>
/// <remarks>
/// A mini-batch is cut into shards of <see cref="ShardSize"/> samples, whoever computes them; every shard has its own gradient, and
/// the gradients are
/// added in the order of the shards. The sum is divided by the number of samples, so a learning rate applies to the gradient of the mean
/// loss.
/// </remarks>
public sealed class TrainingLoop<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Samples that one thread takes at a time. Part of the definition of the result: it decides the order of additions.</summary>
    public const int ShardSize = 16;

    private const int OrderStream = 1 << 20;

    /// <summary>Epochs that the history has memory for from the start.</summary>
    private const int PlannedEpochs = 1024;

    private readonly Network<T> _network;
    private readonly Loss<T> _loss;
    private readonly Optimizer<T> _optimizer;
    private readonly Normalization _normalization;
    private readonly Schedule _schedule;
    private readonly TrainingSettings _settings;
    private readonly WorkerPool _pool;
    private readonly ShardRunner<T> _shards;
    private readonly ParameterUpdate<T> _update;
    private readonly Action<int, int> _weightsChanged;
    private readonly List<EpochResult> _history;

    /// <summary>Plans all memory of a training.</summary>
    /// <param name="network">The network, initialized; its parameters change.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="optimizer">How gradients become steps.</param>
    /// <param name="schedule">The learning rate.</param>
    /// <param name="normalization">From pixels to the network's input.</param>
    /// <param name="settings">Size and order.</param>
    public TrainingLoop(
        Network<T> network, Loss<T> loss, Optimizer<T> optimizer, Schedule schedule, Normalization normalization, TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Epochs, 1);
        (_network, _loss, _optimizer, _schedule, _normalization, _settings) = (network, loss, optimizer, schedule, normalization, settings);
        _pool = new WorkerPool(Math.Min(settings.Threads, ShardRunner<T>.ShardsOf(settings.Batch)));
        _shards = new ShardRunner<T>(network, loss, normalization, settings, _pool.Threads);
        _history = new List<EpochResult>(Math.Min(settings.Epochs, PlannedEpochs));
        _update = new ParameterUpdate<T>(network, optimizer, _shards, settings.Regularization);
        _weightsChanged = (layer, _) => _network.Layers[layer].WeightsChanged();
    }

    /// <summary>What the optimizer remembers.</summary>
    public OptimizerState<T> OptimizerState => _update.State;

    /// <summary>Images whose loss tells schedule and stop rules after every epoch how it goes; null: the training loss does.</summary>
    public Dataset? Validation { get; set; }

    /// <summary>
    /// The next mini-batch. Stands still while a report is made, so a report may save it with all else that goes on from there.
    /// </summary>
    public TrainingPosition Position { get; private set; } = TrainingPosition.Start;

    /// <summary>The epochs done, in their order.</summary>
    public IReadOnlyList<EpochResult> History => _history;

    /// <summary>Called after every epoch, its validation and the decision whether to go on, on the caller's thread.</summary>
    public Action<EpochResult>? EpochEnded { get; set; }

    internal Network<T> Network => _network;

    internal Schedule Schedule => _schedule;

    internal IReadOnlyList<StopRule> StopRules => _settings.StopRules;

    /// <summary>Trains, from <see cref="Position"/> to the end.</summary>
    /// <param name="data">The training images.</param>
    /// <param name="progress">Called after every mini-batch, on the caller's thread.</param>
    /// <param name="cancellation">Ends the training between two mini-batches.</param>
    /// <exception cref="TrainingException">The loss is no number any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the network has the weights of the last whole step.</exception>
    public TrainingResult Run(Dataset data, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Shape != _network.Input || data.Classes.Count != _network.Output.Length)
            throw new ArgumentException(
                $"The images are {data.Shape} of {data.Classes.Count} classes, the network is {_network.Input} to {_network.Output}.",
                nameof(data));
        var batches = (data.Count + _settings.Batch - 1) / _settings.Batch;
        if (_optimizer.NeedsFullBatch && batches > 1)
            throw new TrainingException(
                $"The optimizer {KindTable.NameOf(_optimizer)} needs the gradient of all {data.Count} samples in every step. "
                + "Use that many as the batch, or another optimizer.");
        var order = new int[data.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        for (var epoch = 1; epoch < Position.Epoch; epoch++)
            Shuffle(order, epoch);
        var clock = new Stopwatch();
        long samples = 0;
        while (Position is { Stopped: false } && Position.Epoch <= _settings.Epochs)
        {
            Shuffle(order, Position.Epoch);
            while (Position.Batch < batches)
            {
                cancellation.ThrowIfCancellationRequested();
                clock.Start();
                var first = Position.Batch * _settings.Batch;
                var count = Math.Min(_settings.Batch, data.Count - first);
                var rate = RateOf(Position.Epoch, Position.Batch, batches);
                _settings.StandIn?.Enter(((Position.Epoch - 1.0) * batches + Position.Batch) / ((double)batches * _settings.Epochs));
                var following = Math.Min(_settings.Batch, data.Count - first - count);
                Step(data, order.AsSpan(first, count), order.AsSpan(first + count, following), rate);
                clock.Stop();
                samples += count;
                Position = Position.After(_shards.Loss, _shards.Correct);
                if (!double.IsFinite(Position.Loss))
                    throw new TrainingException(
                        $"The loss is {_shards.Loss} in epoch {Position.Epoch}, mini-batch {Position.Batch}, at rate {rate:g4}. "
                        + "Use a smaller rate in the schedule, and check the normalization.");
                var seen = first + count;
                progress?.Report(new TrainingProgress(
                    Position.Epoch, _settings.Epochs, Position.Batch, batches, Position.Loss / seen, Position.Correct / (double)seen,
                    samples / clock.Elapsed.TotalSeconds)
                {
                    Rate = rate,
                    SamplesLeft = (_settings.Epochs - (long)Position.Epoch) * data.Count + data.Count - seen,
                });
            }

            EndEpoch(data.Count, batches);
        }

        var last = _history[^1];
        return new TrainingResult(
            last.Epoch, last.Loss, last.Accuracy, last.Loss <= _settings.StopAtLoss, clock.Elapsed, samples);
    }

    /// <summary>Goes on from a place of another run; weights, optimizer, schedule and rules must be those of that place too.</summary>
    internal void Restore(TrainingPosition position, IEnumerable<EpochResult> history)
    {
        Position = position;
        _history.Clear();
        _history.AddRange(history);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _shards.Dispose();
        _pool.Dispose();
    }

    /// <summary>The order of an epoch is made of the one before it.</summary>
    private void Shuffle(int[] order, int epoch) =>
        new SplitMix64(_settings.Seed, OrderStream + (ulong)epoch).Shuffle<int>(order);

    private double RateOf(int epoch, int batch, int batches) =>
        _schedule.RateAt((epoch - 1L) * batches + batch, batches, _settings.Epochs);

    /// <summary>Validates, tells schedule and stop rules, all of which hear of every epoch, and goes to the next one.</summary>
    private void EndEpoch(int samples, int batches)
    {
        var at = Position;
        var rate = RateOf(at.Epoch, batches - 1, batches);
        var (loss, accuracy) = (at.Loss / samples, at.Correct / (double)samples);
        var measured = Validation is null
            ? default(Measurement?)
            : Evaluator.Measure(_network, _loss, Validation, _normalization, _settings.Threads);
        var unseen = measured?.Loss ?? loss;
        _schedule.EpochEnded(unseen);
        var stops = loss <= _settings.StopAtLoss;
        for (var i = 0; i < _settings.StopRules.Count; i++)
            stops |= _settings.StopRules[i].ShouldStop(loss, unseen);
        var result = new EpochResult(at.Epoch, loss, accuracy, rate, measured?.Loss, measured?.Accuracy);
        _history.Add(result);
        Position = TrainingPosition.Start with { Epoch = at.Epoch + 1, Stopped = stops };
        EpochEnded?.Invoke(result);
    }

    private void Step(Dataset data, ReadOnlySpan<int> samples, ReadOnlySpan<int> next, double rate)
    {
        _shards.Run(data, samples, next, Position.Epoch, new TrainingMoment(_settings.Seed, _update.State.Steps, 0), _pool);
        _settings.StandIn?.Leave();
        _update.Begin(rate);
        _pool.Run(_update.Count, _update.Body);
        _update.End();
        _pool.Run(_network.Layers.Count, _weightsChanged);
    }
}
