namespace EdgeCnn.Trainer.Training;

/// <summary>A place between two mini-batches of a training.</summary>
/// <param name="Epoch">The epoch under way, from 1; one more than there are when all are done.</param>
/// <param name="Batch">Mini-batches of it that are done.</param>
/// <param name="Loss">Loss of their samples, summed.</param>
/// <param name="Correct">How many of those were classified right, before their step.</param>
/// <param name="Stopped">True when a rule ended the training with the epoch before.</param>
public readonly record struct TrainingPosition(int Epoch, int Batch, double Loss, int Correct, bool Stopped)
{
    /// <summary>Before everything.</summary>
    public static TrainingPosition Start => new(1, 0, 0, 0, false);

    /// <summary>One mini-batch later.</summary>
    internal TrainingPosition After(double loss, int correct) =>
        this with { Batch = Batch + 1, Loss = Loss + loss, Correct = Correct + correct };
}

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">Mean loss of the training samples, each before its step.</param>
/// <param name="Accuracy">Share of them that were classified right, 0 … 1.</param>
/// <param name="Rate">Learning rate of the epoch's last step.</param>
/// <param name="ValidationLoss">Mean loss of the validation samples after the epoch; null when there are none.</param>
/// <param name="ValidationAccuracy">Share of them that were classified right.</param>
public readonly record struct EpochResult(
    int Epoch, double Loss, double Accuracy, double Rate, double? ValidationLoss, double? ValidationAccuracy);
