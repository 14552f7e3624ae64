using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>The weights and biases of a layer as integers.</summary>
/// <param name="Weights">channels × depth, symmetric: −127 … 127.</param>
/// <param name="Scales">Real value of one weight step, per channel, or one for all.</param>
/// <param name="Bias">Per channel, in steps of input scale · weight scale, before the input's zero point is folded in.</param>
public sealed record QuantizedWeights(sbyte[] Weights, float[] Scales, int[] Bias);

/// <summary>
/// Symmetric quantization of weights: w ≈ scale[c] · q with scale[c] = max |w[c, ·]| / 127, per channel or over all channels.
/// </summary>
public static class WeightQuantizer
{
    /// <summary>A bias takes up at most 2²⁹ steps, so that the accumulator has room for the products.</summary>
    private const double MaxBias = 1 << 29;

    /// <summary>Quantizes the weights of one layer.</summary>
    /// <param name="weights">channels × depth.</param>
    /// <param name="bias">One per channel.</param>
    /// <param name="inputScale">Scale of the layer's input.</param>
    /// <param name="perChannel">One scale per channel instead of one for all.</param>
    public static QuantizedWeights Quantize(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, float inputScale, bool perChannel)
    {
        int channels = bias.Length, depth = weights.Length / channels;
        float[] scales = new float[channels];
        for (int c = 0; c < channels; c++) scales[c] = ScaleOf(weights.Slice(c * depth, depth), bias[c], inputScale);
        if (!perChannel)
        {
            float largest = 0;
            foreach (float scale in scales) largest = Math.Max(largest, scale);
            scales = [largest];
        }
        var result = new QuantizedWeights(new sbyte[weights.Length], scales, new int[channels]);
        for (int c = 0; c < channels; c++)
        {
            double scale = scales[perChannel ? c : 0];
            for (int k = c * depth; k < (c + 1) * depth; k++)
                result.Weights[k] = (sbyte)Math.Clamp(Round(weights[k] / scale), -127, 127);
            result.Bias[c] = (int)Round(bias[c] / (scale * inputScale));
        }
        return result;
    }

    /// <summary>Covers the largest weight, and is not so small that the bias would overflow (channels whose weights are all but zero).</summary>
    private static float ScaleOf(ReadOnlySpan<float> weights, float bias, float inputScale)
    {
        double largest = 0;
        foreach (float w in weights) largest = Math.Max(largest, Math.Abs(w));
        double scale = Math.Max(largest / 127, Math.Abs(bias) / (inputScale * MaxBias));
        return scale > 0 ? (float)scale : 1;
    }

    private static double Round(double x) => Math.Round(x, MidpointRounding.AwayFromZero);
}
