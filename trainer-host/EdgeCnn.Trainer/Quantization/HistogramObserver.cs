using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>Makes the range of a histogram of all values.</summary>
public abstract class HistogramObserver : RangeObserver
{
    private readonly Histogram _histogram = new();

    /// <inheritdoc/>
    public sealed override (double Min, double Max) Range => _histogram.Total == 0 ? _histogram.Extremes : RangeOf(_histogram);

    /// <inheritdoc/>
    public sealed override void Observe(ReadOnlySpan<float> values) => _histogram.Add(values);

    /// <summary>The range that the 256 steps should cover.</summary>
    private protected abstract (double Min, double Max) RangeOf(Histogram histogram);
}
