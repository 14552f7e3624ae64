using System;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Convolution and fully connected layers.</summary>
internal static class Weighted
{
    /// <summary>CONV_2D: input, filter (C, Kh, Kw, I), bias; options padding, strideW, strideH, activation, dilationW, dilationH.</summary>
    [Translates(TfliteOperator.Conv2D)]
    public static void Conv2D(Translation t)
    {
        TfliteTensor input = t.Input(0), filter = t.Input(1), output = t.Output();
        if (filter.Shape.Length != 4 || input.Shape.Length != 4) throw t.Refuse("input and filter must have four dimensions");
        if (filter.Shape[3] != input.Shape[3]) throw t.Refuse("convolution in groups is not supported");
        byte[] own = Windows.Fields(
            t, input, filter.Shape[1], filter.Shape[2], new Extent(t.Options.Int32(2), t.Options.Int32(1)),
            new Extent(t.Options.Int32(5, 1), t.Options.Int32(4, 1)), t.Options.Int8(0) == 0);
        Add(t, EdgeCnn.Conv2D.Code, own, t.Options.Int8(3));
    }

    /// <summary>DEPTHWISE_CONV_2D: input, filter (1, Kh, Kw, C), bias; options padding, strideW, strideH, multiplier, activation,
    /// dilationW, dilationH.</summary>
    [Translates(TfliteOperator.DepthwiseConv2D)]
    public static void DepthwiseConv2D(Translation t)
    {
        TfliteTensor input = t.Input(0), filter = t.Input(1);
        if (filter.Shape.Length != 4 || input.Shape.Length != 4) throw t.Refuse("input and filter must have four dimensions");
        if (filter.Shape[0] != 1 || filter.Shape[3] % input.Shape[3] != 0) throw t.Refuse("the filter does not fit the input's channels");
        byte[] own = Windows.Fields(
            t, input, filter.Shape[1], filter.Shape[2], new Extent(t.Options.Int32(2), t.Options.Int32(1)),
            new Extent(t.Options.Int32(6, 1), t.Options.Int32(5, 1)), t.Options.Int8(0) == 0);
        Add(t, EdgeCnn.DepthwiseConv2D.Code, own, t.Options.Int8(4));
    }

    /// <summary>FULLY_CONNECTED: input, weights (C, K), bias; options activation, weights format, keep dimensions.</summary>
    [Translates(TfliteOperator.FullyConnected)]
    public static void FullyConnected(Translation t)
    {
        if (t.Options.Int8(1) != 0) throw t.Refuse("shuffled weights are not supported");
        if (t.Input(1).Shape.Length != 2) throw t.Refuse("weights must have two dimensions");
        Add(t, EdgeCnn.FullyConnected.Code, OwnFields.None(), t.Options.Int8(0));
    }

    private static void Add(Translation t, int code, byte[] own, int activation)
    {
        TfliteTensor input = t.Input(0), filter = t.Input(1), output = t.Output();
        if ((input.Type, filter.Type, output.Type) != (TfliteType.Int8, TfliteType.Int8, TfliteType.Int8))
            throw t.Refuse("only int8 activations and int8 weights are supported");
        if (!filter.IsConstant) throw t.Refuse($"{filter} must be a constant");
        if (filter.ZeroPoints.Any(zeroPoint => zeroPoint != 0)) throw t.Refuse("weights must be symmetric (zero point 0)");
        (double min, double max) = t.Activation(activation);
        OwnFields.SetClamp(own, output.Quantization, min, max);
        IntegerWeights weights = Weights(t, input, filter, output, code == EdgeCnn.FullyConnected.Code);
        t.Add(code, [input], output, own, op => op with { Weights = weights });
    }

    private static IntegerWeights Weights(Translation t, TfliteTensor input, TfliteTensor filter, TfliteTensor output, bool fullyConnected)
    {
        bool channelsLast = t.Code == TfliteOperator.DepthwiseConv2D;
        int channels = filter.Shape[channelsLast ? 3 : 0], depth = filter.Elements / channels;
        sbyte[] values = MemoryMarshal.Cast<byte, sbyte>(filter.Data.Span).ToArray();
        if (values.Length != filter.Elements) throw t.Refuse($"{filter} has {values.Length} bytes of data");
        if (channelsLast) values = [.. Enumerable.Range(0, values.Length).Select(i => values[i % depth * channels + i / depth])];
        int[] bias = t.HasInput(2) ? t.Constants(2) : new int[channels];
        if (bias.Length != channels) throw t.Refuse($"there are {bias.Length} biases for {channels} channels");
        for (int c = 0; c < channels; c++)
        {
            int sum = 0;
            for (int k = c * depth; k < (c + 1) * depth; k++) sum += values[k];
            bias[c] = unchecked(bias[c] - input.Quantization.ZeroPoint * sum);   // wraps as the accumulator does
        }
        // One scale for all channels: the product of the scales is taken in single precision by the reference's fully connected layer.
        double Real(float scale) => fullyConnected && filter.Scales.Length == 1
            ? (double)(input.Quantization.Scale * scale) / output.Quantization.Scale
            : (double)input.Quantization.Scale * scale / output.Quantization.Scale;
        return new IntegerWeights(values, bias, [.. filter.Scales.Select(scale => FixedMultiplier.Of(Real(scale)))]);
    }
}
