using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// The range whose quantization keeps most of the information: the least Kullback-Leibler divergence of the quantized distribution from
/// the one that was seen, Σ p · ln(p/q) (Migacz, 8-bit Inference with TensorRT, 2017).
/// </summary>
/// <remarks>
/// Over magnitudes: for each threshold, p is the histogram up to it with all that saturates in its last bin; q is the same bins, without
/// what saturates, merged into as many levels as integers are there for one sign (128, or 256 where all values have one sign), each spread
/// evenly over its bins that are not empty.
/// </remarks>
public sealed class EntropyObserver : HistogramObserver
{
    private const int MostBins = 2048, LevelsOfOneSign = 256, LevelsOfTwoSigns = 128;

    private protected override (double Min, double Max) RangeOf(Histogram histogram)
    {
        (double min, double max) = histogram.Extremes;
        (long[] counts, double width) = Magnitudes(histogram, Math.Max(-min, max));
        int levels = min < 0 && max > 0 ? LevelsOfTwoSigns : LevelsOfOneSign, best = counts.Length;
        double least = double.PositiveInfinity;
        for (int bins = Math.Min(levels, counts.Length); bins <= counts.Length; bins++)
        {
            double divergence = Divergence(counts, bins, levels);
            if (divergence < least) (best, least) = (bins, divergence);
        }
        double threshold = best * width;
        return (Math.Max(min, -threshold), Math.Min(max, threshold));
    }

    /// <summary>Σ p · ln(p/q) when <paramref name="bins"/> bins are kept, in as many <paramref name="levels"/>; both sum to 1.</summary>
    public static double Divergence(ReadOnlySpan<long> counts, int bins, int levels)
    {
        long kept = 0, saturated = 0;
        foreach (long count in counts[..bins]) kept += count;
        foreach (long count in counts[bins..]) saturated += count;
        if (kept == 0) return double.PositiveInfinity;
        double sum = 0;
        for (int level = 0; level < levels; level++)
        {
            int from = (int)((long)level * bins / levels), to = (int)((long)(level + 1) * bins / levels), filled = 0;
            long inLevel = 0;
            for (int i = from; i < to; i++)
            {
                inLevel += counts[i];
                filled += counts[i] > 0 ? 1 : 0;
            }
            for (int i = from; i < to; i++)
            {
                long seen = counts[i] + (i == bins - 1 ? saturated : 0);
                if (seen == 0) continue;
                // Where only what saturates falls, q is as if half a value lay there.
                double p = seen / (double)(kept + saturated), q = (counts[i] == 0 ? 0.5 : inLevel / (double)filled) / kept;
                sum += p * Math.Log(p / q);
            }
        }
        return sum;
    }

    /// <summary>The histogram of |x| up to <paramref name="largest"/>, in at most <see cref="MostBins"/> bins.</summary>
    private static (long[] Counts, double Width) Magnitudes(Histogram histogram, double largest)
    {
        const int half = Histogram.Bins / 2;
        double width = histogram.Bound / half;
        int filled = Math.Min(half, (int)(largest / width) + 1), merged = (filled + MostBins - 1) / MostBins;
        long[] counts = new long[(filled + merged - 1) / merged];
        for (int i = 0; i < filled; i++) counts[i / merged] += histogram.Counts[half + i] + histogram.Counts[half - 1 - i];
        return (counts, width * merged);
    }
}
