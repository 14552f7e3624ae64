using System;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Reads filters, biases and their scales, as convolution and fully connected layers have them.</summary>
internal static class Filters
{
    /// <summary>
    /// Weights channel by channel (depthwise and three-dimensional filters have them innermost), biases with −input zero point · Σ weights folded in, and the
    /// multipliers from sums to outputs.
    /// </summary>
    public static IntegerWeights Read(Translation t, TfliteTensor input, TfliteTensor filter, int biasInput)
    {
        if (!filter.IsConstant) throw t.Refuse($"{filter} must be a constant");
        if (filter.ZeroPoints.Any(zeroPoint => zeroPoint != 0)) throw t.Refuse("weights must be symmetric (zero point 0)");
        bool channelsLast = t.Code is TfliteOperator.DepthwiseConv2D or TfliteOperator.Conv3D;
        int channels = filter.Shape[channelsLast ? ^1 : 0], depth = filter.Elements / channels;
        if (filter.Scales.Length != 1 && filter.Scales.Length != channels)
            throw t.Refuse($"there are {filter.Scales.Length} scales for {channels} channels");
        sbyte[] values = Values(t, filter);
        if (channelsLast) values = [.. Enumerable.Range(0, values.Length).Select(i => values[i % depth * channels + i / depth])];
        int[] bias = t.HasInput(biasInput) ? Bias(t, t.Input(biasInput)) : new int[channels];
        if (bias.Length != channels) throw t.Refuse($"there are {bias.Length} biases for {channels} channels");
        for (int c = 0; c < channels; c++)
        {
            int sum = 0;
            for (int k = c * depth; k < (c + 1) * depth; k++) sum += values[k];
            bias[c] = unchecked(bias[c] - input.Quantization.ZeroPoint * sum);   // wraps as the accumulator does
        }
        // One scale for all channels: the product of the scales is taken in single precision by the reference's fully connected layer.
        float outputScale = t.Output().Quantization.Scale;
        double Real(float scale) => t.Code == TfliteOperator.FullyConnected && filter.Scales.Length == 1
            ? (double)(input.Quantization.Scale * scale) / outputScale
            : (double)input.Quantization.Scale * scale / outputScale;
        return new IntegerWeights(values, bias, [.. filter.Scales.Select(scale => t.Multiplier(Real(scale)))]);
    }

    /// <summary>Whether the reference sums an int16 layer in 64 bits: all but a convolution whose biases are int32.</summary>
    public static bool HasLongSums(Translation t, int biasInput) =>
        t.Code != TfliteOperator.Conv2D || !t.HasInput(biasInput) || t.Input(biasInput).Type != TfliteType.Int32;

    /// <summary>int8, or int4 with two to a byte, the lower half first.</summary>
    private static sbyte[] Values(Translation t, TfliteTensor filter)
    {
        ReadOnlySpan<byte> data = filter.Data.Span;
        bool narrow = filter.Type == TfliteType.Int4;
        if (data.Length != (narrow ? (filter.Elements + 1) / 2 : filter.Elements))
            throw t.Refuse($"{filter} has {data.Length} bytes of data");
        var values = new sbyte[filter.Elements];
        for (int i = 0; i < values.Length; i++)
            values[i] = narrow ? (sbyte)((sbyte)(data[i / 2] << (i % 2 == 0 ? 4 : 0)) >> 4) : (sbyte)data[i];
        return values;
    }

    /// <summary>Biases of any width that fit 32 bits, which those of real layers do.</summary>
    private static int[] Bias(Translation t, TfliteTensor bias)
    {
        if (!bias.IsConstant) throw t.Refuse($"{bias} must be a constant");
        ReadOnlySpan<byte> data = bias.Data.Span;
        long[] values = bias.Type switch
        {
            TfliteType.Int16 => [.. MemoryMarshal.Cast<byte, short>(data).ToArray().Select(value => (long)value)],
            TfliteType.Int32 => [.. MemoryMarshal.Cast<byte, int>(data).ToArray().Select(value => (long)value)],
            TfliteType.Int64 => MemoryMarshal.Cast<byte, long>(data).ToArray(),
            _ => throw t.Refuse($"{bias} must be int16, int32 or int64"),
        };
        if (values.Any(value => value is < int.MinValue or > int.MaxValue)) throw t.Refuse($"{bias} has a bias of more than 32 bits");
        return [.. values.Select(value => (int)value)];
    }
}
