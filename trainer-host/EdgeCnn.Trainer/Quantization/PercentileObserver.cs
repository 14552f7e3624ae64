using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// The range without the outermost (100 − <paramref name="percentile"/>) % of the values on either side: rare extremes then saturate,
/// and the rest has finer steps.
/// </summary>
/// <param name="percentile">Above 50, at most 100.</param>
public sealed class PercentileObserver(double percentile) : HistogramObserver
{
    private protected override (double Min, double Max) RangeOf(Histogram histogram)
    {
        long outside = (long)Math.Floor(histogram.Total * (100 - percentile) / 100);
        int low = Skip(0, 1), high = Skip(Histogram.Bins - 1, -1);
        (double min, double max) = histogram.Extremes;
        return (Math.Max(min, histogram.Edge(low)), Math.Min(max, histogram.Edge(high + 1)));

        // The first bin that is left when so many values are skipped.
        int Skip(int from, int step)
        {
            ReadOnlySpan<long> counts = histogram.Counts;
            int bin = from;
            for (long passed = counts[bin]; passed <= outside && bin + step is >= 0 and < Histogram.Bins; passed += counts[bin]) bin += step;
            return bin;
        }
    }
}
