using System;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>The weights of an operator in real numbers, with what was folded into them.</summary>
/// <param name="Values">channels × depth.</param>
/// <param name="Bias">One per channel.</param>
public sealed record StageWeights(float[] Values, float[] Bias)
{
    /// <summary>A layer's own weights, times <paramref name="factor"/>.</summary>
    public static StageWeights? Of(Layer<float> layer, double factor)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return layer.OperatorWeights.IsEmpty
            ? null
            : new([.. layer.OperatorWeights.ToArray().Select(weight => (float)(weight * factor))], layer.Bias!.Values.ToArray());
    }

    /// <summary>One weight per channel.</summary>
    public static StageWeights Of((double Scale, double Shift)[] factors) =>
        new([.. factors.Select(factor => (float)factor.Scale)], [.. factors.Select(factor => (float)factor.Shift)]);

    /// <summary>The weights of scale · (weights · x + bias) + shift, per channel: weights · scale, and bias · scale + shift.</summary>
    public StageWeights Folded((double Scale, double Shift)[] factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        int depth = Values.Length / Bias.Length;
        return new(
            [.. Values.Select((weight, i) => (float)(weight * factors[i / depth].Scale))],
            [.. Bias.Select((bias, c) => (float)(bias * factors[c].Scale + factors[c].Shift))]);
    }
}
