using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Export.Onnx;

/// <summary>What each layer becomes in ONNX.</summary>
internal static class OnnxLayers
{
    /// <summary>Activations that are an operator of their own, with its settings.</summary>
    private static readonly Dictionary<Type, Func<Layer<float>, (string Kind, (string Name, object Value)[] Attributes)>> Functions = new()
    {
        [typeof(ReLU<float>)] = _ => ("Relu", []),
        [typeof(Sigmoid<float>)] = _ => ("Sigmoid", []),
        [typeof(Tanh<float>)] = _ => ("Tanh", []),
        [typeof(HardSwish<float>)] = _ => ("HardSwish", []),
        [typeof(HardSigmoid<float>)] = _ => ("HardSigmoid", [("alpha", 1f / 6), ("beta", 0.5f)]),
        [typeof(Elu<float>)] = layer => ("Elu", [("alpha", (float)((Elu<float>)layer).Alpha)]),
        [typeof(LeakyReLU<float>)] = layer => ("LeakyRelu", [("alpha", (float)((LeakyReLU<float>)layer).Slope)]),
        [typeof(Softmax<float>)] = _ => ("Softmax", [("axis", 1)]),
    };

    /// <summary>Adds a layer.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">What it reads.</param>
    /// <returns>Its output; null when ONNX has nothing like the layer.</returns>
    public static OnnxPlace? Add(OnnxGraphWriter graph, Layer<float> layer, OnnxPlace[] inputs)
    {
        if (layer.Output.IsVolume) return null;
        OnnxPlace input = inputs[0];
        if (Functions.TryGetValue(layer.GetType(), out var function))
        {
            var (kind, attributes) = function(layer);
            return input with { Name = graph.Add(kind, layer.Name, [input.Name], attributes) };
        }
        string Image() => OnnxShapes.ToImage(graph, input);
        return layer switch
        {
            Dropout<float> => input,
            Conv2D<float> conv => OnnxWeights.Convolution(graph, conv, Image(), conv.Window, conv.Groups),
            Conv1D<float> conv => OnnxWeights.Convolution(graph, conv, Image(), conv.Window, 1),
            DepthwiseConv2D<float> conv => OnnxWeights.Convolution(graph, conv, Image(), conv.Window, conv.Input.Channels),
            ScaledPool<float> pool => OnnxWeights.SumOfWindows(graph, pool, Image()),
            TransposeConv2D<float> conv => OnnxWeights.Transposed(graph, conv, Image()),
            FullyConnected<float> full => OnnxWeights.FullyConnected(graph, full, input),
            BatchNorm<float> norm => OnnxWeights.Normalization(graph, norm, input),
            MaxPool<float> pool => Pool(graph, "MaxPool", pool, Image()),
            AveragePool<float> pool => Pool(graph, "AveragePool", pool, Image()),
            GlobalAveragePool<float> => Named(layer, graph.Add("GlobalAveragePool", layer.Name, [Image()])),
            ReLU6<float> => input with { Name = Clip(graph, layer.Name, input.Name, 0, 6) },
            Gelu<float> => input with { Name = Gelu(graph, layer.Name, input.Name) },
            Add<float> => Sum(graph, layer, inputs),
            Concatenate<float> => Join(graph, layer, inputs),
            Flatten<float> => OnnxShapes.Flatten(graph, input, layer.Name),
            Reshape<float> => OnnxShapes.Reshape(graph, input, layer.Output, layer.Name),
            _ => null,
        };
    }

    private static OnnxPlace Named(Layer<float> layer, string name) => new(name, layer.Output, false);

    private static OnnxPlace Pool(OnnxGraphWriter graph, string kind, Pool<float> pool, string input) =>
        Named(pool, graph.Add(kind, pool.Name, [input], OnnxShapes.Window(pool.Window)));

    private static string Clip(OnnxGraphWriter graph, string name, string input, float min, float max) =>
        graph.Add("Clip", name, [input, graph.Constant($"{name}.min", [], [min]), graph.Constant($"{name}.max", [], [max])]);

    /// <summary>x·Φ(x) = x · ½ · (1 + erf(x/√2)).</summary>
    private static string Gelu(OnnxGraphWriter graph, string name, string input)
    {
        string Number(string of, double value) => graph.Constant($"{name}.{of}", [], [(float)value]);
        string scaled = graph.Add("Mul", $"{name}.scaled", [input, Number("scale", Math.Sqrt(0.5))]);
        string raised = graph.Add("Add", $"{name}.raised", [graph.Add("Erf", $"{name}.erf", [scaled]), Number("one", 1)]);
        return graph.Add("Mul", name, [graph.Add("Mul", $"{name}.half", [raised, Number("share", 0.5)]), input]);
    }

    private static OnnxPlace Sum(OnnxGraphWriter graph, Layer<float> layer, OnnxPlace[] inputs)
    {
        (string[] names, bool flat) = Alike(graph, inputs);
        string sum = names.Skip(1).Aggregate(names[0], (first, second) => graph.Add("Add", layer.Name, [first, second]));
        return new OnnxPlace(sum, layer.Output, flat);
    }

    private static OnnxPlace Join(OnnxGraphWriter graph, Layer<float> layer, OnnxPlace[] inputs)
    {
        (string[] names, bool flat) = Alike(graph, inputs);
        return new OnnxPlace(graph.Add("Concat", layer.Name, names, ("axis", 1)), layer.Output, flat);
    }

    /// <summary>Tensors that are joined have as many dimensions.</summary>
    private static (string[] Names, bool AreFlat) Alike(OnnxGraphWriter graph, OnnxPlace[] inputs) => inputs.All(input => input.IsFlat)
        ? ([.. inputs.Select(input => input.Name)], true)
        : ([.. inputs.Select(input => OnnxShapes.ToImage(graph, input))], false);
}
