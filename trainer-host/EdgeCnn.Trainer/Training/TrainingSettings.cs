using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Data.Augmentations;

namespace EdgeCnn.Trainer.Training;

/// <summary>Size and order of a training.</summary>
/// <param name="Batch">Samples in a mini-batch.</param>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="Seed">What the order of the samples is drawn from.</param>
/// <param name="StopAtLoss">Ends the training when an epoch's mean loss is at or below this.</param>
/// <param name="Threads">Threads to work with; the result is the same for any number.</param>
public sealed record TrainingSettings(int Batch, int Epochs, ulong Seed, double? StopAtLoss = null, int Threads = 1)
{
    /// <summary>Penalties on the weights.</summary>
    public Regularization Regularization { get; init; } = new();

    /// <summary>What changes the training images; null: nothing.</summary>
    public Augmenter? Augmenter { get; init; }

    /// <summary>
    /// Whether one more thread changes the images of the next mini-batch while the present one trains: by default where a processor is
    /// left for it, since it only gets in the way of threads that are all busy. The result is the same.
    /// </summary>
    public bool AugmentAhead { get; init; } = Threads < Environment.ProcessorCount;

    /// <summary>What stands in for parameters during the passes of a step; null: nothing.</summary>
    public IParameterStandIn? StandIn { get; init; }

    /// <summary>What may end the training after an epoch, before all are done.</summary>
    public IReadOnlyList<StopRule> StopRules { get; init; } = [];
}

/// <summary>How far a training is. Rates are of the clock and for display only.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">Epochs planned.</param>
/// <param name="Batch">Mini-batches done in this epoch.</param>
/// <param name="Batches">Mini-batches of an epoch.</param>
/// <param name="Loss">Mean loss of this epoch's samples so far.</param>
/// <param name="Accuracy">Share of this epoch's samples so far that were classified right, before their step.</param>
/// <param name="SamplesPerSecond">Samples per second since the start, without the time spent in progress reports.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Batch, int Batches, double Loss, double Accuracy, double SamplesPerSecond)
{
    /// <summary>The learning rate of the last step.</summary>
    public double Rate { get; init; }

    /// <summary>Samples of all epochs that are still to come, if no rule ends the training before.</summary>
    public long SamplesLeft { get; init; }

    /// <summary>How long they will take at the speed so far.</summary>
    public TimeSpan TimeLeft => TimeSpan.FromSeconds(SamplesLeft / SamplesPerSecond);

    /// <summary>The same as hours, minutes and seconds: <c>26:05:09</c>.</summary>
    public string TimeLeftText => FormattableString.Invariant($"{(long)TimeLeft.TotalHours}:{TimeLeft:mm\\:ss}");

    /// <summary>Epochs done, with the part of the one under way: 2.5 in the middle of the third.</summary>
    public double EpochsDone => Epoch - 1 + (double)Batch / Batches;

    /// <summary>True for the last report of an epoch; the network may be evaluated then.</summary>
    public bool EpochEnded => Batch == Batches;
}

/// <summary>What a training did.</summary>
/// <param name="Epochs">Epochs done.</param>
/// <param name="Loss">Mean loss of the last epoch.</param>
/// <param name="Accuracy">Share of the last epoch's samples that were classified right, before their step.</param>
/// <param name="StoppedAtLoss">True when it ended because the loss was low enough.</param>
/// <param name="Elapsed">Time of the training loop in this process, without the time spent in progress reports.</param>
/// <param name="Samples">Samples of that time.</param>
public sealed record TrainingResult(int Epochs, double Loss, double Accuracy, bool StoppedAtLoss, TimeSpan Elapsed, long Samples)
{
    /// <summary>Samples per second over that time.</summary>
    public double SamplesPerSecond => Samples / Elapsed.TotalSeconds;
}

/// <summary>A training that can't go on; the message says what to change.</summary>
public sealed class TrainingException(string message) : Exception(message);
