using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>Watches the activations of one tensor over the calibration images and says which range to quantize.</summary>
public abstract class RangeObserver
{
    /// <summary>Takes in activations.</summary>
    public abstract void Observe(ReadOnlySpan<float> values);

    /// <summary>The range that the 256 steps should cover.</summary>
    public abstract (double Min, double Max) Range { get; }
}

/// <summary>The whole range that was seen.</summary>
public sealed class MinMaxObserver : RangeObserver
{
    private float _min = float.PositiveInfinity;
    private float _max = float.NegativeInfinity;

    /// <inheritdoc/>
    public override (double Min, double Max) Range => (_min, _max);

    /// <inheritdoc/>
    public override void Observe(ReadOnlySpan<float> values)
    {
        foreach (float x in values)
        {
            _min = Math.Min(_min, x);
            _max = Math.Max(_max, x);
        }
    }
}
