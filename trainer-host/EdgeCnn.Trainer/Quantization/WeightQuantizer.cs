using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>The weights and biases of a layer as integers.</summary>
/// <param name="Weights">channels × depth, symmetric: −127 … 127, or −7 … 7.</param>
/// <param name="Scales">Real value of one weight step, per channel, or one for all.</param>
/// <param name="Bias">Per channel, in steps of input scale · weight scale, before the input's zero point is folded in.</param>
public sealed record QuantizedWeights(sbyte[] Weights, float[] Scales, int[] Bias);

/// <summary>
/// Symmetric quantization of weights: w ≈ scale[c] · q with scale[c] = max |w[c, ·]| / limit, per channel or over all channels; the limit
/// is 127 for 8 bits and 7 for 4.
/// </summary>
public static class WeightQuantizer
{
    /// <summary>A bias takes up at most 2²⁹ steps, so that the accumulator has room for the products.</summary>
    private const double MaxBias = 1 << 29;

    /// <summary>Quantizes the weights of one layer.</summary>
    /// <param name="weights">channels × depth.</param>
    /// <param name="bias">One per channel.</param>
    /// <param name="inputScale">Scale of the layer's input.</param>
    /// <param name="format">Bits and scales.</param>
    public static QuantizedWeights Quantize(
        ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, float inputScale, WeightFormat format)
    {
        int channels = bias.Length, depth = weights.Length / channels;
        float[] scales = new float[format.PerChannel ? channels : 1];
        for (int c = 0; c < channels; c++)
        {
            ref float scale = ref scales[format.PerChannel ? c : 0];
            scale = Math.Max(scale, ScaleOf(weights.Slice(c * depth, depth), Math.Abs(bias[c]) / (inputScale * MaxBias), format.Limit));
        }
        foreach (ref float scale in scales.AsSpan()) scale = scale > 0 ? scale : 1;
        var result = new QuantizedWeights(new sbyte[weights.Length], scales, new int[channels]);
        for (int c = 0; c < channels; c++)
        {
            double scale = scales[format.PerChannel ? c : 0];
            for (int k = c * depth; k < (c + 1) * depth; k++)
                result.Weights[k] = (sbyte)Nearest(weights[k], scale, format.Limit);
            result.Bias[c] = (int)Round(bias[c] / (scale * inputScale));
        }
        return result;
    }

    /// <summary>Replaces weights by the real numbers that their integers stand for: w ← scale · q.</summary>
    /// <param name="weights">channels × depth.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="format">Bits and scales.</param>
    public static void FakeQuantize(Span<float> weights, int channels, WeightFormat format)
    {
        int rows = format.PerChannel ? channels : 1, depth = weights.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            Span<float> values = weights.Slice(row * depth, depth);
            float scale = ScaleOf(values, 0, format.Limit);
            if (scale == 0) continue;
            foreach (ref float w in values) w = scale * (float)Nearest(w, scale, format.Limit);
        }
    }

    /// <summary>Covers the largest weight, and is not so small that the bias would overflow (channels whose weights are all but zero);
    /// 0 when all is zero.</summary>
    private static float ScaleOf(ReadOnlySpan<float> weights, double least, int limit)
    {
        double largest = 0;
        foreach (float w in weights) largest = Math.Max(largest, Math.Abs(w));
        return (float)Math.Max(largest / limit, least);
    }

    private static double Nearest(double weight, double scale, int limit) => Math.Clamp(Round(weight / scale), -limit, limit);

    private static double Round(double x) => Math.Round(x, MidpointRounding.AwayFromZero);
}
