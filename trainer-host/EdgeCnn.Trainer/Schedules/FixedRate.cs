using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>The same rate always.</summary>
[Kind("fixed")]
public sealed class FixedRate(double rate) : Schedule
{
    private readonly double _rate = Require.Above(rate, 0, nameof(rate));

    /// <inheritdoc/>
    public override double RateAt(long stepIndex, int stepsPerEpoch, int epochs) => _rate;
}
