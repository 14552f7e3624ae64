using System;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>What a <see cref="LineSearch"/> wants next.</summary>
internal enum LineSearchVerdict
{
    /// <summary>The function at <see cref="LineSearch.Step"/>.</summary>
    Continue,

    /// <summary>Nothing: the present step fulfils the conditions.</summary>
    Accept,

    /// <summary>Nothing: along this direction there is no lower value.</summary>
    Fail,
}

/// <summary>
/// Finds a step t along a direction that fulfils the strong Wolfe conditions φ(t) ≤ φ(0) + 10⁻⁴·t·φ′(0) and |φ′(t)| ≤ 0.9·|φ′(0)|
/// (Nocedal and Wright, <i>Numerical optimization</i>, 2nd edition, algorithms 3.5 and 3.6). One value of φ and its slope is fed at a time,
/// so that each costs one step of the training.
/// </summary>
/// <param name="numbers">Where it remembers, <see cref="NumberCount"/> values.</param>
internal readonly ref struct LineSearch(Span<double> numbers)
{
    /// <summary>Values that a search remembers.</summary>
    public const int NumberCount = 12;

    private const double Decrease = 1e-4;
    private const double Curvature = 0.9;
    private const double MostEvaluations = 25;

    private readonly Span<double> _numbers = numbers;

    /// <summary>The step at which φ is wanted.</summary>
    public readonly ref double Step => ref _numbers[0];

    private readonly ref double StartValue => ref _numbers[1];

    private readonly ref double StartSlope => ref _numbers[2];

    private readonly ref double Evaluations => ref _numbers[3];

    private readonly ref double IsBracketed => ref _numbers[4];

    /// <summary>1 when the search has given up and goes back to the best step.</summary>
    private readonly ref double IsReturning => ref _numbers[5];

    /// <summary>The best point so far (bracketed), or the previous one.</summary>
    private readonly Point Low => new(_numbers[6..9]);

    /// <summary>The other end of the bracket.</summary>
    private readonly Point High => new(_numbers[9..12]);

    /// <summary>Begins at φ(0) and φ′(0) &lt; 0.</summary>
    public void Begin(double value, double slope, double firstStep)
    {
        (Step, StartValue, StartSlope, Evaluations, IsBracketed, IsReturning) = (firstStep, value, slope, 0, 0, 0);
        Low.Set(0, value, slope);
    }

    /// <summary>Takes φ and φ′ at <see cref="Step"/>.</summary>
    public LineSearchVerdict Feed(double value, double slope)
    {
        if (IsReturning != 0)
            return LineSearchVerdict.Accept;
        Evaluations++;
        var isTooHigh = !(value <= StartValue + Decrease * Step * StartSlope)
            || (value >= Low.Value && (IsBracketed != 0 || Evaluations > 1));
        if (!isTooHigh && Math.Abs(slope) <= -Curvature * StartSlope)
            return LineSearchVerdict.Accept;
        if (IsBracketed == 0 && !isTooHigh && slope < 0)
        {
            var grown = Math.Clamp(Minimum(Low.Step, Low.Value, Low.Slope, Step, value, slope), 1.5 * Step, 10 * Step);
            Low.Set(Step, value, slope);
            Step = grown;
        }
        else
        {
            Narrow(isTooHigh, value, slope);
            var (from, to) = (Math.Min(Low.Step, High.Step), Math.Max(Low.Step, High.Step));
            var guess = Minimum(Low.Step, Low.Value, Low.Slope, High.Step, High.Value, High.Slope);
            var margin = 0.1 * (to - from);
            Step = guess >= from + margin && guess <= to - margin ? guess : from + 0.5 * (to - from);
        }

        if (Evaluations < MostEvaluations)
            return LineSearchVerdict.Continue;
        if (!(Low.Step > 0))
            return LineSearchVerdict.Fail;
        (Step, IsReturning) = (Low.Step, 1);
        return LineSearchVerdict.Continue;
    }

    /// <summary>Puts the present point into the bracket.</summary>
    private void Narrow(bool isTooHigh, double value, double slope)
    {
        if (isTooHigh)
        {
            High.Set(Step, value, slope);
        }
        else
        {
            // Upward from here: the minimum lies between this point and the one before it.
            if (IsBracketed == 0 || slope * (High.Step - Low.Step) >= 0)
                High.Set(Low.Step, Low.Value, Low.Slope);
            Low.Set(Step, value, slope);
        }

        IsBracketed = 1;
    }

    /// <summary>Where the cubic through two points with their slopes is least (Nocedal and Wright, equation 3.59); NaN if
    /// nowhere.</summary>
    private static double Minimum(double a, double valueA, double slopeA, double b, double valueB, double slopeB)
    {
        var d1 = slopeA + slopeB - 3 * (valueA - valueB) / (a - b);
        var d2 = Math.CopySign(Math.Sqrt(d1 * d1 - slopeA * slopeB), b - a);
        return b - (b - a) * ((slopeB + d2 - d1) / (slopeB - slopeA + 2 * d2));
    }

    private readonly ref struct Point(Span<double> numbers)
    {
        private readonly Span<double> _numbers = numbers;

        public double Step => _numbers[0];

        public double Value => _numbers[1];

        public double Slope => _numbers[2];

        public void Set(double step, double value, double slope) =>
            (_numbers[0], _numbers[1], _numbers[2]) = (step, value, slope);
    }
}
