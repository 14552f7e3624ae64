using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Reads weights and biases, quantized or in float.</summary>
internal static class Filters
{
    private const long MaxBias = 1 << 30;

    /// <summary>Symmetric weights in ONNX's order of axes, with one scale or one per channel.</summary>
    /// <param name="t">The operator.</param>
    /// <param name="input">Which input they are.</param>
    /// <param name="axis">The axis of the output channels.</param>
    public static (sbyte[] Values, float[] Scales) Symmetric(OnnxTranslation t, int input, int axis)
    {
        string name = t.Name(input);
        if (!t.IsConstant(input)) throw t.Refuse($"the weights '{name}' must be a constant");
        int[] shape = t.Shape(input);
        if (!t.Graph.Quantized.TryGetValue(name, out QuantizedConstant? weights)) return OfFloats(t.Real(input), shape, axis);
        if (weights.Scales.Length > 1 && weights.Axis != axis)
            throw t.Refuse($"the weights' scales belong to axis {weights.Axis}, not to the output channels");
        int center = weights.Integers.Type switch
        {
            OnnxType.Int8 => 0,
            OnnxType.UInt8 => 128,
            _ => throw t.Refuse($"weights of {weights.Integers.Type} can't be imported; quantize them to int8"),
        };
        if (weights.ZeroPoints.FirstOrDefault(zeroPoint => zeroPoint != center, center) is var other && other != center)
            throw t.Refuse($"the weights are asymmetric (zero point {other}); quantize them symmetrically");
        return ([.. weights.Integers.Integers().Select(q => (sbyte)(q - center))], weights.Scales);
    }

    /// <summary>Weights as the runtime has them, with −input zero point · Σ weights folded into the bias.</summary>
    /// <param name="t">The operator.</param>
    /// <param name="values">channels × depth.</param>
    /// <param name="scales">One or one per channel.</param>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="biasInput">Which input the biases are, if they are there.</param>
    /// <param name="biasFactor">What the biases are multiplied by.</param>
    public static IntegerWeights Weights(
        OnnxTranslation t, sbyte[] values, float[] scales, int channels, int biasInput, float biasFactor = 1)
    {
        QuantizationParameters input = t.Quantization(), output = t.Result();
        int depth = values.Length / channels;
        int[] bias = t.Has(biasInput) ? Bias(t, biasInput, input.Scale, scales, channels, biasFactor) : new int[channels];
        for (int c = 0; c < channels; c++)
        {
            int sum = 0;
            for (int k = c * depth; k < (c + 1) * depth; k++) sum += values[k];
            bias[c] = unchecked(bias[c] - input.ZeroPoint * sum); // wraps as the accumulator does
        }
        return new IntegerWeights(values, bias, [.. scales.Select(scale => t.Multiplier((double)input.Scale * scale / output.Scale))]);
    }

    private static (sbyte[] Values, float[] Scales) OfFloats(FloatTensor weights, int[] shape, int axis)
    {
        int inner = FloatTensor.Count(shape.Skip(axis + 1)), channels = shape[axis];
        var scales = new float[channels];
        for (int i = 0; i < weights.Values.Length; i++)
            scales[i / inner % channels] = Math.Max(scales[i / inner % channels], Math.Abs(weights.Values[i]) / sbyte.MaxValue);
        for (int c = 0; c < channels; c++)
            if (!(scales[c] > 0) || !float.IsFinite(scales[c])) scales[c] = 1;
        return ([.. weights.Values.Select((w, i) => new QuantizationParameters(scales[i / inner % channels], 0).Quantize(w))], scales);
    }

    /// <summary>Biases in steps of input scale · weight scale, which quantized models hold already; of one number for all channels
    /// too.</summary>
    private static int[] Bias(OnnxTranslation t, int input, float inputScale, float[] scales, int channels, float factor)
    {
        string name = t.Name(input);
        double[] real = [.. t.Real(input).Values.Select(value => (double)value * factor)];
        if (real.Length != channels && real.Length != 1) throw t.Refuse($"there are {real.Length} biases for {channels} channels");
        double Step(int c) => (double)inputScale * scales[scales.Length == 1 ? 0 : c];
        long[] integers = [.. Enumerable.Range(0, channels).Select(c =>
            (long)Math.Clamp(Math.Round(real[real.Length == 1 ? 0 : c] / Step(c)), -2.0 * MaxBias, 2.0 * MaxBias))];
        if (factor == 1 && real.Length == channels && t.Graph.Quantized.TryGetValue(name, out QuantizedConstant? quantized)
            && Enumerable.Range(0, channels).All(c =>
                Math.Abs(quantized.Scales[quantized.Scales.Length == 1 ? 0 : c] / Step(c) - 1) < 1e-5
                    && quantized.ZeroPoints.All(zero => zero == 0)))
            integers = quantized.Integers.Integers();
        if (integers.Any(value => Math.Abs(value) > MaxBias))
            throw t.Refuse($"a bias in '{name}' is too large for the steps of input and weights");
        return [.. integers.Select(value => (int)value)];
    }
}
