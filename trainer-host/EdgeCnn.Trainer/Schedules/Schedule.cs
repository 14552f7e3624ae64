namespace EdgeCnn.Trainer.Schedules;

/// <summary>The learning rate over time. A rate multiplies the gradient of the mean loss of a mini-batch.</summary>
public abstract class Schedule
{
    /// <summary>The rate of a step.</summary>
    /// <param name="stepIndex">The step, from 0.</param>
    /// <param name="stepsPerEpoch">Steps in an epoch.</param>
    /// <param name="epochs">Epochs planned.</param>
    public abstract double RateAt(long stepIndex, int stepsPerEpoch, int epochs);
}
