namespace EdgeCnn.Trainer.Training;

/// <summary>Follows a loss from epoch to epoch: how long ago was the best one?</summary>
/// <param name="numbers">Where it remembers: the best loss, +∞ at first, and the epochs since then.</param>
/// <param name="least">Share of the best loss by which a better one must be lower.</param>
internal readonly struct BestLoss(double[] numbers, double least)
{
    /// <summary>Takes the loss of an epoch and says how many epochs in a row, this one included, were not better than the best.</summary>
    public int EpochsSince(double loss)
    {
        if (loss < numbers[0] * (1 - least) || (double.IsPositiveInfinity(numbers[0]) && double.IsFinite(loss)))
            (numbers[0], numbers[1]) = (loss, 0);
        else
            numbers[1]++;
        return (int)numbers[1];
    }

    /// <summary>Counts from here again; the best loss stays.</summary>
    public void Restart() => numbers[1] = 0;
}
