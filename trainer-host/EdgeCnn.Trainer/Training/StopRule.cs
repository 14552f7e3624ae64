using System;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Training;

/// <summary>Looks at every epoch and says when a training should end before all epochs are done.</summary>
public abstract class StopRule
{
    /// <summary>Whether to end after this epoch.</summary>
    /// <param name="trainingLoss">Mean loss of the epoch's training samples.</param>
    /// <param name="validationLoss">Mean loss of the validation samples after it, or the training loss when there are none.</param>
    public abstract bool ShouldStop(double trainingLoss, double validationLoss);

    /// <summary>What it remembers from epoch to epoch, to be saved and restored as it is.</summary>
    public virtual Span<double> Numbers => [];
}

/// <summary>The training ends when the error is at or below a given one.</summary>
/// <param name="loss">The mean loss, 0 or more.</param>
/// <param name="validation">Whether the validation samples must reach it, instead of the training samples.</param>
[Kind("lossReached")]
public sealed class LossReached(double loss, bool validation = false) : StopRule
{
    private readonly double _loss = Require.AtLeast(loss, 0, nameof(loss));

    /// <inheritdoc/>
    public override bool ShouldStop(double trainingLoss, double validationLoss) => (validation ? validationLoss : trainingLoss) <= _loss;
}

/// <summary>Early stopping: the training ends when the validation loss has not improved for some epochs.</summary>
/// <param name="epochs">Epochs in a row without improvement after which it ends, 1 or more.</param>
/// <param name="least">Share of the best loss by which a better one must be lower, from 0 to 1.</param>
[Kind("patience")]
public sealed class Patience(int epochs, double least = 0) : StopRule
{
    private readonly int _epochs = Require.AtLeast(epochs, 1, nameof(epochs));
    private readonly double _least = Require.Within(least, 0, 1, nameof(least));
    private readonly double[] _numbers = [double.PositiveInfinity, 0];

    /// <inheritdoc/>
    public override Span<double> Numbers => _numbers;

    /// <inheritdoc/>
    public override bool ShouldStop(double trainingLoss, double validationLoss) =>
        new BestLoss(_numbers, _least).EpochsSince(validationLoss) >= _epochs;
}
