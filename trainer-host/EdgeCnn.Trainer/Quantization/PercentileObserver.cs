using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// The range without the outermost (100 − <paramref name="percentile"/>) % of the values on either side: rare extremes then saturate,
/// and the rest has finer steps.
/// </summary>
/// <remarks>A histogram over ±2ᵉ. When a value lies outside, the range doubles and pairs of bins merge, which is exact: the result does
/// not depend on the order of the values.</remarks>
/// <param name="percentile">Above 50, at most 100.</param>
public sealed class PercentileObserver(double percentile) : RangeObserver
{
    private const int Bins = 1 << 14;

    private readonly long[] _counts = new long[Bins];
    private readonly MinMaxObserver _extremes = new();
    private double _bound = Math.ScaleB(1, -20);
    private long _total;

    /// <inheritdoc/>
    public override (double Min, double Max) Range
    {
        get
        {
            long outside = (long)Math.Floor(_total * (100 - percentile) / 100);
            int low = Skip(outside, 0, 1), high = Skip(outside, Bins - 1, -1);
            (double min, double max) = _extremes.Range;
            return (Math.Max(min, Edge(low)), Math.Min(max, Edge(high + 1)));
        }
    }

    /// <inheritdoc/>
    public override void Observe(ReadOnlySpan<float> values)
    {
        _extremes.Observe(values);
        foreach (float x in values)
        {
            if (!float.IsFinite(x)) continue;
            while (Math.Abs(x) >= _bound) Double();
            _counts[(int)((x / _bound + 1) * (Bins / 2))]++;
            _total++;
        }
    }

    private void Double()
    {
        _bound *= 2;
        long[] old = (long[])_counts.Clone();
        Array.Clear(_counts);
        for (int i = 0; i < Bins; i++) _counts[Bins / 4 + i / 2] += old[i];
    }

    /// <summary>The first bin from <paramref name="from"/> on that is left when <paramref name="outside"/> values are skipped.</summary>
    private int Skip(long outside, int from, int step)
    {
        int bin = from;
        for (long passed = _counts[bin]; passed <= outside && bin + step is >= 0 and < Bins; passed += _counts[bin]) bin += step;
        return bin;
    }

    private double Edge(int bin) => (bin / (Bins / 2.0) - 1) * _bound;
}
