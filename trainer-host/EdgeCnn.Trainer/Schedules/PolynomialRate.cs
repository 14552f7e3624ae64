using System;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>final + (rate − final)·(1 − t)^power, t from 0 to 1 over the whole training.</summary>
/// <param name="rate">The first rate.</param>
/// <param name="final">The last rate, from 0 to <paramref name="rate"/>.</param>
/// <param name="power">1 for a straight line; above 0.</param>
[Kind("polynomial")]
public sealed class PolynomialRate(double rate, double final = 0, double power = 1) : Schedule
{
    private readonly double _rate = Require.Above(rate, 0, nameof(rate));
    private readonly double _final = Require.Within(final, 0, rate, nameof(final));
    private readonly double _power = Require.Above(power, 0, nameof(power));

    /// <inheritdoc/>
    public override double RateAt(long stepIndex, int stepsPerEpoch, int epochs)
    {
        var rest = Math.Max(0, 1 - stepIndex / ((double)stepsPerEpoch * epochs));
        return _final + (_rate - _final) * Elementary.Power(rest, _power);
    }
}
