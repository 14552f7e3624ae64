using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>rate · factorᵗ, t in epochs, changing with every step.</summary>
/// <param name="rate">The first rate.</param>
/// <param name="factor">What an epoch multiplies the rate by, above 0 and at most 1.</param>
[Kind("exponential")]
public sealed class ExponentialRate(double rate, double factor = 0.9) : Schedule
{
    private readonly double _rate = Require.Above(rate, 0, nameof(rate));
    private readonly double _factor = Require.Within(Require.Above(factor, 0, nameof(factor)), 0, 1, nameof(factor));

    /// <inheritdoc/>
    public override double RateAt(long stepIndex, int stepsPerEpoch, int epochs) =>
        _rate * Elementary.Power(_factor, stepIndex / (double)stepsPerEpoch);
}
