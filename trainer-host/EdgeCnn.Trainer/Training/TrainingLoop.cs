using System;
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
        _shards = new ShardRunner<T>(network, loss, normalization, settings.Batch, _pool.Threads, settings.Augmenter);
        _update = new ParameterUpdate<T>(network, optimizer, _shards, settings.Regularization);
        _weightsChanged = (layer, _) => _network.Layers[layer].WeightsChanged();
    }

    /// <summary>What the optimizer remembers.</summary>
    public OptimizerState<T> OptimizerState => _update.State;

    /// <summary>Images whose loss tells schedule and stop rules after every epoch how it goes; null: the training loss does.</summary>
    public Dataset? Validation { get; set; }

    /// <summary>Trains.</summary>
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
        var order = new int[data.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var batches = (data.Count + _settings.Batch - 1) / _settings.Batch;
        if (_optimizer.NeedsFullBatch && batches > 1)
            throw new TrainingException(
                $"The optimizer {KindTable.NameOf(_optimizer)} needs the gradient of all {data.Count} samples in every step. "
                + "Use that many as the batch, or another optimizer.");
        var clock = new Stopwatch();
        TrainingProgress state = default;
        long step = 0, samples = 0;
        for (var epoch = 1; epoch <= _settings.Epochs; epoch++)
        {
            new SplitMix64(_settings.Seed, OrderStream + (ulong)epoch).Shuffle<int>(order);
            double loss = 0;
            var correct = 0;
            for (var batch = 0; batch < batches; batch++)
            {
                cancellation.ThrowIfCancellationRequested();
                clock.Start();
                var first = batch * _settings.Batch;
                var count = Math.Min(_settings.Batch, data.Count - first);
                var rate = _schedule.RateAt(step, batches, _settings.Epochs);
                _settings.StandIn?.Enter(step / ((double)batches * _settings.Epochs));
                Step(data, order.AsSpan(first, count), epoch, rate);
                step++;
                clock.Stop();

                loss += _shards.Loss;
                correct += _shards.Correct;
                samples += count;
                if (!double.IsFinite(loss))
                    throw new TrainingException(
                        $"The loss is {_shards.Loss} in epoch {epoch}, mini-batch {batch + 1}, at rate {rate:g4}. "
                        + "Use a smaller rate in the schedule, and check the normalization.");
                var seen = first + count;
                state = new TrainingProgress(
                    epoch, _settings.Epochs, batch + 1, batches, loss / seen, correct / (double)seen, samples / clock.Elapsed.TotalSeconds);
                progress?.Report(state);
            }

            if (state.Loss <= _settings.StopAtLoss || ShouldStop(state.Loss))
                break;
        }

        return new TrainingResult(
            state.Epoch, state.Loss, state.Accuracy, state.Loss <= _settings.StopAtLoss, clock.Elapsed, state.SamplesPerSecond);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _pool.Dispose();

    /// <summary>Tells schedule and stop rules of an epoch; all of them hear of every one.</summary>
    private bool ShouldStop(double loss)
    {
        var unseen = Validation is null ? loss : Evaluator.Loss(_network, _loss, Validation, _normalization, _settings.Threads);
        _schedule.EpochEnded(unseen);
        var stops = false;
        for (var i = 0; i < _settings.StopRules.Count; i++)
            stops |= _settings.StopRules[i].ShouldStop(loss, unseen);
        return stops;
    }

    private void Step(Dataset data, ReadOnlySpan<int> samples, int epoch, double rate)
    {
        _shards.Run(data, samples, epoch, new TrainingMoment(_settings.Seed, _update.State.Steps, 0), _pool);
        _settings.StandIn?.Leave();
        _update.Begin(rate);
        _pool.Run(_update.Count, _update.Body);
        _update.End();
        _pool.Run(_network.Layers.Count, _weightsChanged);
    }
}
