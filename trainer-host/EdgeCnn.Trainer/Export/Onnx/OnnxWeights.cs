using System;
using System.Linq;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Export.Onnx;

/// <summary>Layers with weights, which change their order: the network has (outputs, taps, inputs), ONNX (outputs, inputs, taps).</summary>
internal static class OnnxWeights
{
    /// <summary>Conv, in groups where each filter reads a part of the channels only.</summary>
    public static OnnxPlace Convolution(OnnxGraphWriter graph, Layer<float> layer, string input, Layers.Window window, int groups)
    {
        int taps = window.Kernel.Height * window.Kernel.Width, depth = layer.Input.Channels / groups;
        return Convolve(graph, layer, input, window, groups, Reordered(layer.Weights!.Values, layer.Output.Channels, taps, depth));
    }

    /// <summary>A sum of windows times a factor per channel: a Conv of each channel by itself, whose weights are all the factor.</summary>
    public static OnnxPlace SumOfWindows(OnnxGraphWriter graph, ScaledPool<float> pool, string input)
    {
        int taps = pool.Kernel.Height * pool.Kernel.Width;
        double share = ((OperatorForm)pool.IntegerForm!).WeightFactor;
        float[] weights = [.. pool.Weights!.Values.ToArray().SelectMany(factor => Enumerable.Repeat((float)(factor * share), taps))];
        return Convolve(graph, pool, input, pool.Window, pool.Input.Channels, weights);
    }

    /// <summary>ConvTranspose; what its full result has too much is cut off as padding, what it has too little is added at the end.</summary>
    public static OnnxPlace Transposed(OnnxGraphWriter graph, TransposeConv2D<float> layer, string input)
    {
        Layers.Window window = layer.Window;
        int filters = layer.Output.Channels, channels = layer.Input.Channels, taps = window.Kernel.Height * window.Kernel.Width;
        ReadOnlySpan<float> own = layer.Weights!.Values;
        var weights = new float[own.Length];
        for (int o = 0; o < filters; o++)
            for (int tap = 0; tap < taps; tap++)
                for (int c = 0; c < channels; c++)
                    weights[(c * filters + o) * taps + tap] = own[(o * taps + tap) * channels + c];
        int down = Excess(layer.Input.Height, window.Stride.Height, window.Kernel.Height, window.Top, layer.Output.Height);
        int right = Excess(layer.Input.Width, window.Stride.Width, window.Kernel.Width, window.Left, layer.Output.Width);
        return new OnnxPlace(
            graph.Add(
                "ConvTranspose", layer.Name,
                [
                    input, graph.Constant($"{layer.Name}.weights", [channels, filters, window.Kernel.Height, window.Kernel.Width], weights),
                    Bias(graph, layer),
                ],
                ("kernel_shape", new[] { window.Kernel.Height, window.Kernel.Width }),
                ("strides", new[] { window.Stride.Height, window.Stride.Width }),
                ("pads", new[] { window.Top, window.Left, Math.Max(0, down), Math.Max(0, right) }),
                ("output_padding", new[] { Math.Max(0, -down), Math.Max(0, -right) })),
            layer.Output, false);

        static int Excess(int input, int stride, int kernel, int before, int output) => (input - 1) * stride + kernel - before - output;
    }

    /// <summary>Gemm of the values in ONNX's order, its weights being ordered alike.</summary>
    public static OnnxPlace FullyConnected(OnnxGraphWriter graph, FullyConnected<float> layer, OnnxPlace input)
    {
        int units = layer.Output.Channels, length = layer.Input.Length;
        string flat = input.IsFlat ? input.Name : OnnxShapes.Shaped(graph, input.Name, $"{layer.Name}.flat", length);
        float[] weights = input.IsFlat
            ? layer.Weights!.Values.ToArray()
            : Reordered(layer.Weights!.Values, units, layer.Input.Positions, layer.Input.Channels);
        string name = graph.Add(
            "Gemm", layer.Name, [flat, graph.Constant($"{layer.Name}.weights", [units, length], weights), Bias(graph, layer)], ("transB", 1));
        return new OnnxPlace(name, layer.Output, true);
    }

    /// <summary>BatchNormalization with the running statistics.</summary>
    public static OnnxPlace Normalization(OnnxGraphWriter graph, BatchNorm<float> norm, OnnxPlace input)
    {
        string[] parameters =
        [
            .. new[] { norm.Scale, norm.Bias!, norm.Mean, norm.Variance }
                .Select(parameter => graph.Constant(parameter.Name, [parameter.Length], parameter.Values)),
        ];
        return input with
        {
            Name = graph.Add("BatchNormalization", norm.Name, [input.Name, .. parameters], ("epsilon", (float)norm.Epsilon)),
        };
    }

    private static OnnxPlace Convolve(
        OnnxGraphWriter graph, Layer<float> layer, string input, Layers.Window window, int groups, float[] weights)
    {
        int filters = layer.Output.Channels, taps = window.Kernel.Height * window.Kernel.Width;
        string constant = graph.Constant(
            $"{layer.Name}.weights", [filters, weights.Length / (filters * taps), window.Kernel.Height, window.Kernel.Width], weights);
        string name = graph.Add(
            "Conv", layer.Name, [input, constant, Bias(graph, layer)],
            [
                .. OnnxShapes.Window(window), ("dilations", new[] { window.Dilation.Height, window.Dilation.Width }), ("group", groups),
            ]);
        return new OnnxPlace(name, layer.Output, false);
    }

    private static string Bias(OnnxGraphWriter graph, Layer<float> layer) =>
        graph.Constant(layer.Bias!.Name, [layer.Bias.Length], layer.Bias.Values);

    /// <summary>From (outputs, places, channels) to (outputs, channels, places).</summary>
    private static float[] Reordered(ReadOnlySpan<float> values, int outputs, int places, int channels)
    {
        var ordered = new float[values.Length];
        for (int o = 0; o < outputs; o++)
            for (int place = 0; place < places; place++)
                for (int c = 0; c < channels; c++)
                    ordered[(o * channels + c) * places + place] = values[(o * places + place) * channels + c];
        return ordered;
    }
}
