using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>How many values lie where, over ±<see cref="Bound"/>, a power of two.</summary>
/// <remarks>When a value lies outside, the range doubles and pairs of bins merge, which is exact: the result does not depend on the order
/// of the values.</remarks>
public sealed class Histogram
{
    /// <summary>Number of bins.</summary>
    public const int Bins = 1 << 14;

    private readonly long[] _counts = new long[Bins];
    private readonly MinMaxObserver _extremes = new();

    /// <summary>The bins cover −Bound … Bound.</summary>
    public double Bound { get; private set; } = Math.ScaleB(1, -20);

    /// <summary>Values seen, those that are no number aside.</summary>
    public long Total { get; private set; }

    /// <summary>Values in each bin.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Smallest and largest value.</summary>
    public (double Min, double Max) Extremes => _extremes.Range;

    /// <summary>Takes in values.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        _extremes.Observe(values);
        foreach (float x in values)
        {
            if (!float.IsFinite(x)) continue;
            while (Math.Abs(x) >= Bound) Double();
            _counts[(int)((x / Bound + 1) * (Bins / 2))]++;
            Total++;
        }
    }

    /// <summary>Where a bin begins.</summary>
    public double Edge(int bin) => (bin / (Bins / 2.0) - 1) * Bound;

    /// <summary>The middle of a bin.</summary>
    public double Centre(int bin) => Edge(bin) + Bound / Bins;

    private void Double()
    {
        Bound *= 2;
        long[] old = (long[])_counts.Clone();
        Array.Clear(_counts);
        for (int i = 0; i < Bins; i++) _counts[Bins / 4 + i / 2] += old[i];
    }
}
