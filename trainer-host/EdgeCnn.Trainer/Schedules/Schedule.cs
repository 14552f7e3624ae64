using System;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>The learning rate over time. A rate multiplies the gradient of the mean loss of a mini-batch.</summary>
public abstract class Schedule
{
    /// <summary>The rate of a step.</summary>
    /// <param name="stepIndex">The step, from 0.</param>
    /// <param name="stepsPerEpoch">Steps in an epoch.</param>
    /// <param name="epochs">Epochs planned.</param>
    public abstract double RateAt(long stepIndex, int stepsPerEpoch, int epochs);

    /// <summary>Told after every epoch, for schedules that follow the progress.</summary>
    /// <param name="loss">Mean loss of the validation samples, or of the training samples when there are none.</param>
    public virtual void EpochEnded(double loss)
    {
    }

    /// <summary>What it remembers from epoch to epoch, to be saved and restored as it is; empty when the step says all.</summary>
    public virtual Span<double> Numbers => [];
}
