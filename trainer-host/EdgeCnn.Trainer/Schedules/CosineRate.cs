using System;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>
/// Half a cosine from <paramref name="rate"/> down to <paramref name="final"/> over the whole training: final + ½(rate − final)(1 +
/// cos(π·t)),
/// Loshchilov and Hutter, 2017, without restarts.
/// </summary>
[Kind("cosine")]
public sealed class CosineRate(double rate, double final = 0) : Schedule
{
    private readonly double _rate = Require.Above(rate, 0, nameof(rate));
    private readonly double _final = Require.Within(final, 0, rate, nameof(final));

    /// <inheritdoc/>
    public override double RateAt(long stepIndex, int stepsPerEpoch, int epochs)
    {
        var progress = Math.Min(1, stepIndex / ((double)stepsPerEpoch * epochs));
        return _final + 0.5 * (_rate - _final) * (1 + Elementary.CosPi(progress));
    }
}
