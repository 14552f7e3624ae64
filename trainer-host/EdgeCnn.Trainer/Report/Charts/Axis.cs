using System;
using System.Collections.Generic;

namespace EdgeCnn.Trainer.Report.Charts;

/// <summary>
/// Values along a side of a chart, from one round number to another: ticks are 1, 2 or 5 times a power of ten apart.
/// </summary>
internal sealed class Axis
{
    private readonly double _from, _to, _step;

    /// <summary>An axis on which all values from <paramref name="least"/> to <paramref name="most"/> have a place.</summary>
    /// <param name="least">Smallest value.</param>
    /// <param name="most">Largest value.</param>
    /// <param name="ticks">Steps that there should be, at most.</param>
    /// <param name="whole">Whether only whole numbers are ticks.</param>
    public Axis(double least, double most, int ticks, bool whole = false)
    {
        if (!(most > least))
            (least, most) = (least - (whole ? 0 : 0.5), least + (whole ? 1 : 0.5));
        var rough = (most - least) / ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        _step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        if (whole)
            _step = Math.Max(1, _step);
        (_from, _to) = (Math.Floor(least / _step + Tolerance) * _step, Math.Ceiling(most / _step - Tolerance) * _step);
    }

    private const double Tolerance = 1e-9;

    /// <summary>Digits behind the point that tell neighboring ticks apart.</summary>
    public int Digits => Math.Clamp((int)Math.Ceiling(-Math.Log10(_step) - Tolerance), 0, 9);

    /// <summary>The ticks, ascending.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var count = (int)Math.Round((_to - _from) / _step);
            for (var i = 0; i <= count; i++)
                yield return _from + i * _step;
        }
    }

    /// <summary>Place of a value: 0 at the beginning, 1 at the end.</summary>
    public double Place(double value) => (value - _from) / (_to - _from);
}
