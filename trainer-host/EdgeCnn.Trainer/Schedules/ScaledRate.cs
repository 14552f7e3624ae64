using System;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>Another schedule, all of whose rates are multiplied by a factor.</summary>
/// <param name="schedule">The other schedule.</param>
/// <param name="factor">The factor.</param>
public sealed class ScaledRate(Schedule schedule, double factor) : Schedule
{
    /// <inheritdoc/>
    public override Span<double> Numbers => schedule.Numbers;

    /// <inheritdoc/>
    public override double RateAt(long stepIndex, int stepsPerEpoch, int epochs) =>
        factor * schedule.RateAt(stepIndex, stepsPerEpoch, epochs);

    /// <inheritdoc/>
    public override void EpochEnded(double loss) => schedule.EpochEnded(loss);
}
