using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>rate/(1 + decay·t)^power, t in epochs, changing with every step.</summary>
/// <param name="rate">The first rate.</param>
/// <param name="decay">How fast it falls, 0 or more.</param>
/// <param name="power">1 for the plain inverse; above 0.</param>
[Kind("inverse")]
public sealed class InverseRate(double rate, double decay = 1, double power = 1) : Schedule
{
    private readonly double _rate = Require.Above(rate, 0, nameof(rate));
    private readonly double _decay = Require.AtLeast(decay, 0, nameof(decay));
    private readonly double _power = Require.Above(power, 0, nameof(power));

    /// <inheritdoc/>
    public override double RateAt(long stepIndex, int stepsPerEpoch, int epochs) =>
        _rate / Elementary.Power(1 + _decay * stepIndex / stepsPerEpoch, _power);
}
