using System;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>
/// Another schedule whose rates are multiplied, during the first epochs, by a straight line from <paramref name="from"/> to 1 (Goyal et
/// al., 2017).
/// </summary>
/// <param name="then">The schedule.</param>
/// <param name="epochs">Length of the rise in epochs, above 0.</param>
/// <param name="from">Factor of the first step, from 0 to 1.</param>
[Kind("warmUp")]
public sealed class WarmUpRate(Schedule then, double epochs = 1, double from = 0.1) : Schedule
{
    private readonly double _epochs = Require.Above(epochs, 0, nameof(epochs));
    private readonly double _from = Require.Within(from, 0, 1, nameof(from));

    /// <inheritdoc/>
    public override Span<double> Numbers => then.Numbers;

    /// <inheritdoc/>
    public override double RateAt(long stepIndex, int stepsPerEpoch, int epochs)
    {
        var progress = Math.Min(1, stepIndex / (_epochs * stepsPerEpoch));
        return then.RateAt(stepIndex, stepsPerEpoch, epochs) * (_from + (1 - _from) * progress);
    }

    /// <inheritdoc/>
    public override void EpochEnded(double loss) => then.EpochEnded(loss);
}
