using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Convolution and fully connected layers.</summary>
internal static class Weighted
{
    /// <summary>The runtime's operator for a TensorFlow Lite operator and its types of activations and weights. Depthwise weights of 4 bits
    /// are few and become bytes.</summary>
    private static readonly Dictionary<(TfliteOperator Code, TfliteType Activations, TfliteType Weights), int> Codes = new()
    {
        [(TfliteOperator.Conv2D, TfliteType.Int8, TfliteType.Int8)] = EdgeCnn.Conv2D.Code,
        [(TfliteOperator.Conv2D, TfliteType.Int8, TfliteType.Int4)] = Conv2DInt4.Code,
        [(TfliteOperator.Conv2D, TfliteType.Int16, TfliteType.Int8)] = Conv2DInt16.Code,
        [(TfliteOperator.DepthwiseConv2D, TfliteType.Int8, TfliteType.Int8)] = EdgeCnn.DepthwiseConv2D.Code,
        [(TfliteOperator.DepthwiseConv2D, TfliteType.Int8, TfliteType.Int4)] = EdgeCnn.DepthwiseConv2D.Code,
        [(TfliteOperator.DepthwiseConv2D, TfliteType.Int16, TfliteType.Int8)] = DepthwiseConv2DInt16.Code,
        [(TfliteOperator.TransposeConv, TfliteType.Int8, TfliteType.Int8)] = TransposeConv2D.Code,
        [(TfliteOperator.TransposeConv, TfliteType.Int16, TfliteType.Int8)] = TransposeConv2D.Code,
        [(TfliteOperator.Conv3D, TfliteType.Int8, TfliteType.Int8)] = EdgeCnn.Conv3D.Code,
        [(TfliteOperator.FullyConnected, TfliteType.Int8, TfliteType.Int8)] = EdgeCnn.FullyConnected.Code,
        [(TfliteOperator.FullyConnected, TfliteType.Int8, TfliteType.Int4)] = FullyConnectedInt4.Code,
        [(TfliteOperator.FullyConnected, TfliteType.Int16, TfliteType.Int8)] = FullyConnectedInt16.Code,
    };

    /// <summary>CONV_2D: input, filter (C, Kh, Kw, I/G), bias; options padding, strideW, strideH, activation, dilationW, dilationH. With G
    /// groups, the filter has fewer channels than the input.</summary>
    [Translates(TfliteOperator.Conv2D)]
    public static void Conv2D(Translation t)
    {
        (TfliteTensor input, TfliteTensor filter) = Images(t, t.Input(0));
        int channels = filter.Shape[3];
        if (input.Shape[3] % channels != 0 || filter.Shape[0] % (input.Shape[3] / channels) != 0)
            throw t.Refuse("the filter's channels do not fit the input's");
        byte[] own = Windows.Fields(
            t, input, filter.Shape[1], filter.Shape[2], new Extent(t.Options.Int32(2), t.Options.Int32(1)),
            new Extent(t.Options.Int32(5, 1), t.Options.Int32(4, 1)), t.Options.Int8(0) == 0);
        Add(t, input, filter, 2, own, t.Options.Int8(3), input.Shape[3] / channels);
    }

    /// <summary>DEPTHWISE_CONV_2D: input, filter (1, Kh, Kw, C), bias; options padding, strideW, strideH, multiplier, activation,
    /// dilationW, dilationH.</summary>
    [Translates(TfliteOperator.DepthwiseConv2D)]
    public static void DepthwiseConv2D(Translation t)
    {
        (TfliteTensor input, TfliteTensor filter) = Images(t, t.Input(0));
        if (filter.Shape[0] != 1 || filter.Shape[3] % input.Shape[3] != 0) throw t.Refuse("the filter does not fit the input's channels");
        byte[] own = Windows.Fields(
            t, input, filter.Shape[1], filter.Shape[2], new Extent(t.Options.Int32(2), t.Options.Int32(1)),
            new Extent(t.Options.Int32(6, 1), t.Options.Int32(5, 1)), t.Options.Int8(0) == 0);
        Add(t, input, filter, 2, own, t.Options.Int8(4));
    }

    /// <summary>TRANSPOSE_CONV: the output's shape, filter (C, Kh, Kw, I), input, bias; options padding, strideW, strideH,
    /// activation.</summary>
    [Translates(TfliteOperator.TransposeConv, ShapeInputs = [0])]
    public static void TransposeConv(Translation t)
    {
        (TfliteTensor input, TfliteTensor filter) = Images(t, t.Input(2));
        if (filter.Shape[3] != input.Shape[3]) throw t.Refuse("the filter's channels do not fit the input's");
        if (t.Output().Shape.Length != 4) throw t.Refuse($"{t.Output()} must have four dimensions");
        // The padding is that of the convolution whose gradient this is, from the output to the input.
        byte[] own = Windows.Fields(
            t, t.Output(), filter.Shape[1], filter.Shape[2], new Extent(t.Options.Int32(2), t.Options.Int32(1)), new Extent(1, 1),
            t.Options.Int8(0) == 0);
        Add(t, input, filter, 3, own, t.Options.Int8(3));
    }

    /// <summary>CONV_3D: input, filter (Kd, Kh, Kw, I, C), bias; options padding, strideD, strideW, strideH, activation, dilationD,
    /// dilationW, dilationH. TensorFlow Lite has no kernel for it in integers: the arithmetic is that of CONV_2D.</summary>
    [Translates(TfliteOperator.Conv3D)]
    public static void Conv3D(Translation t)
    {
        TfliteTensor input = t.Input(0), filter = t.Input(1);
        if (input.Shape.Length != 5 || filter.Shape.Length != 5) throw t.Refuse("input and filter must have five dimensions");
        if (filter.Shape[3] != input.Shape[4]) throw t.Refuse("the filter's channels do not fit the input's");
        byte[] window = Windows.Volume(
            t, filter.Shape[..3], [t.Options.Int32(1), t.Options.Int32(3), t.Options.Int32(2)],
            [t.Options.Int32(5, 1), t.Options.Int32(7, 1), t.Options.Int32(6, 1)], t.Options.Int8(0) == 0);
        Add(t, input, filter, 2, OwnFields.None(), t.Options.Int8(4), parameters: window);
    }

    /// <summary>FULLY_CONNECTED: input, weights (C, K), bias; options activation, weights format, keep dimensions.</summary>
    [Translates(TfliteOperator.FullyConnected)]
    public static void FullyConnected(Translation t)
    {
        if (t.Options.Int8(1) != 0) throw t.Refuse("shuffled weights are not supported");
        if (t.Input(1).Shape.Length != 2) throw t.Refuse("weights must have two dimensions");
        Add(t, t.Input(0), t.Input(1), 2, OwnFields.None(), t.Options.Int8(0));
    }

    private static (TfliteTensor Input, TfliteTensor Filter) Images(Translation t, TfliteTensor input) =>
        t.Input(1).Shape.Length == 4 && input.Shape.Length == 4
            ? (input, t.Input(1))
            : throw t.Refuse("input and filter must have four dimensions");

    private static void Add(
        Translation t, TfliteTensor input, TfliteTensor filter, int biasInput, byte[] own, int activation, int groups = 1,
        byte[]? parameters = null)
    {
        TfliteTensor output = t.Output();
        if (input.Type != output.Type || !Codes.TryGetValue((t.Code, input.Type, filter.Type), out int code))
            throw t.Refuse($"{input.Type} activations with {filter.Type} weights are not supported");
        int? number = null;
        if (groups > 1)
        {
            // Weights of 4 bits become bytes here too.
            if (code is not (EdgeCnn.Conv2D.Code or Conv2DInt4.Code)) throw t.Refuse("convolution in groups is supported for int8 only");
            (code, number) = (GroupedConv2D.Code, groups);
        }
        bool wide = input.Type == TfliteType.Int16;
        if (wide && Filters.HasLongSums(t, biasInput)) number = WideRows.LongSums;
        if (wide && (input.Quantization.ZeroPoint | output.Quantization.ZeroPoint) != 0) throw t.Refuse("int16 must have zero point 0");
        (double min, double max) = t.Activation(activation);
        OwnFields.SetClamp(own, output.Quantization, min, max, t.ElementTypeOf(output));
        int bits = code is Conv2DInt4.Code or FullyConnectedInt4.Code ? 4 : 8;
        IntegerWeights weights = Filters.Read(t, input, filter, biasInput) with { Bits = bits };
        if (number == WideRows.LongSums && wide && weights.Multipliers.Any(multiplier => multiplier.Shift > Requantize.MaxWideShift))
            throw t.Refuse("the output's scale is too fine for sums of 64 bits");
        t.Add(code, [t.Source(input, own)], output, own, op => op with { Weights = weights, Number = number, Params = parameters });
    }
}
