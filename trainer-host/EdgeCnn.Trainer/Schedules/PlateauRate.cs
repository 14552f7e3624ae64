using System;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Schedules;

/// <summary>
/// Another schedule whose rates are multiplied by <c>factor</c> each time the loss, of the validation samples if there are any, has not
/// improved for more than <c>patience</c> epochs.
/// </summary>
[Kind("plateau")]
public sealed class PlateauRate : Schedule
{
    private readonly Schedule _then;
    private readonly double _factor;
    private readonly int _patience;
    private readonly double _floor;
    private readonly BestLoss _best;

    // What BestLoss remembers, and the factor of the rates.
    private readonly double[] _numbers = [double.PositiveInfinity, 0, 1];

    /// <summary>Wraps a schedule.</summary>
    /// <param name="then">The schedule.</param>
    /// <param name="factor">What a plateau multiplies the rate by, above 0 and at most 1.</param>
    /// <param name="patience">Epochs without improvement that are put up with, 0 or more.</param>
    /// <param name="least">Share of the best loss by which a better one must be lower, from 0 to 1.</param>
    /// <param name="floor">Smallest factor in all, from 0 to 1.</param>
    public PlateauRate(Schedule then, double factor = 0.1, int patience = 10, double least = 1e-4, double floor = 0)
    {
        ArgumentNullException.ThrowIfNull(then);
        if (then.Numbers.Length > 0)
            throw Require.Refuse(nameof(then), "a plateau inside a plateau is not allowed; use one of them");
        _then = then;
        _factor = Require.Within(Require.Above(factor, 0, nameof(factor)), 0, 1, nameof(factor));
        _patience = Require.AtLeast(patience, 0, nameof(patience));
        _floor = Require.Within(floor, 0, 1, nameof(floor));
        _best = new BestLoss(_numbers, Require.Within(least, 0, 1, nameof(least)));
    }

    /// <inheritdoc/>
    public override Span<double> Numbers => _numbers;

    /// <inheritdoc/>
    public override double RateAt(long stepIndex, int stepsPerEpoch, int epochs) =>
        _then.RateAt(stepIndex, stepsPerEpoch, epochs) * _numbers[^1];

    /// <inheritdoc/>
    public override void EpochEnded(double loss)
    {
        if (_best.EpochsSince(loss) <= _patience)
            return;
        _numbers[^1] = Math.Max(_numbers[^1] * _factor, _floor);
        _best.Restart();
    }
}
