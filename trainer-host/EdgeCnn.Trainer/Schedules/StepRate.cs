using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>rate · factorⁿ after n times <paramref name="every"/> epochs.</summary>
/// <param name="rate">The first rate.</param>
/// <param name="every">Epochs between changes.</param>
/// <param name="factor">What the rate is multiplied by, above 0 and at most 1.</param>
[Kind("step")]
public sealed class StepRate(double rate, int every, double factor = 0.1) : Schedule
{
    private readonly double _rate = Require.Above(rate, 0, nameof(rate));
    private readonly int _every = Require.AtLeast(every, 1, nameof(every));
    private readonly double _factor = Require.Within(Require.Above(factor, 0, nameof(factor)), 0, 1, nameof(factor));

    /// <inheritdoc/>
    public override double RateAt(long stepIndex, int stepsPerEpoch, int epochs)
    {
        var result = _rate;
        for (var changes = stepIndex / stepsPerEpoch / _every; changes > 0; changes--)
            result *= _factor;
        return result;
    }
}
