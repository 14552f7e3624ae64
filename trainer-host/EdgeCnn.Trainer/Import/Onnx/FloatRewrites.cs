using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Import.Onnx.Operators;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>Joins operators that are one layer: a normalization or a sum with a constant behind a convolution or a matrix
/// product.</summary>
internal static class FloatRewrites
{
    /// <summary>Rewrites the graph until nothing changes.</summary>
    public static void Apply(OnnxGraph graph)
    {
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            OnnxNode node = graph.Nodes[i];
            while (node.Kind is "Conv" or "MatMul" && Next(graph, node) is { } next && Joined(graph, node, next) is { } joined)
            {
                graph.Nodes[i] = node = joined;
                graph.Nodes.Remove(next);
            }
        }
    }

    /// <summary>The one operator that reads a result.</summary>
    private static OnnxNode? Next(OnnxGraph graph, OnnxNode node) =>
        !graph.Refused.ContainsKey(node) && !graph.IsOutput(node.Outputs[0]) && graph.Readers(node.Outputs[0]) is [var next]
            && !graph.Refused.ContainsKey(next) ? next : null;

    private static OnnxNode? Joined(OnnxGraph graph, OnnxNode node, OnnxNode next) => (node.Kind, next.Kind) switch
    {
        ("Conv", "BatchNormalization") => WithNormalization(graph, node, next),
        ("Conv" or "MatMul", "Add") => WithBias(graph, node, next),
        _ => null,
    };

    /// <summary>Filter and bias times the normalization's factors; only filters in float, which are quantized afterwards.</summary>
    private static OnnxNode? WithNormalization(OnnxGraph graph, OnnxNode conv, OnnxNode normalization)
    {
        if (conv.Inputs.Skip(1).Any(name => name.Length > 0 && !graph.Constants.ContainsKey(name))
            || normalization.Inputs[0] != conv.Outputs[0]) return null;
        (float[] factors, float[] offsets) = BatchNormalization.Factors(new OnnxCall(graph, normalization));
        FloatTensor filter = graph.Real(conv.Inputs[1]);
        int depth = filter.Values.Length / factors.Length;
        float[] bias = conv.Inputs is [_, _, { Length: > 0 } name] ? graph.Real(name).Values : new float[factors.Length];
        string output = normalization.Outputs[0];
        string weights = Constant(graph, output + "/filter", filter.Shape, filter.Values.Select((w, i) => w * factors[i / depth]));
        string offset = Constant(graph, output + "/bias", [factors.Length], bias.Select((b, c) => b * factors[c] + offsets[c]));
        return conv with { Inputs = [conv.Inputs[0], weights, offset], Outputs = [output] };
    }

    /// <summary>A constant for each channel that is added becomes the bias.</summary>
    private static OnnxNode? WithBias(OnnxGraph graph, OnnxNode layer, OnnxNode sum)
    {
        if (layer.Inputs.Length > 2 && layer.Inputs[2].Length > 0) return null;
        string[] others = [.. sum.Inputs.Where(name => name != layer.Outputs[0])];
        if (others is not [var other] || !graph.IsConstant(other) || !graph.IsConstant(layer.Inputs[1])) return null;
        if (!graph.Shapes.TryGetValue(layer.Outputs[0], out int[]? shape) || !graph.Shapes.TryGetValue(other, out int[]? added))
            return null;
        int axis = layer.Kind == "Conv" ? 1 : shape.Length - 1, behind = shape.Length - axis - 1;
        // [C] for a matrix product, [C, 1, 1] for a convolution, with any ones before it.
        bool fits = added.Length > behind && added[^(behind + 1)] == shape[axis] && FloatTensor.Count(added) == shape[axis]
            && added.Length <= shape.Length;
        if (!fits) return null;
        string bias = other;
        if (added.Length > 1) bias = Constant(graph, sum.Outputs[0] + "/bias", [shape[axis]], graph.Real(other).Values);
        return layer with { Inputs = [layer.Inputs[0], layer.Inputs[1], bias], Outputs = sum.Outputs };
    }

    private static string Constant(OnnxGraph graph, string name, int[] shape, IEnumerable<float> values)
    {
        graph.Constants[name] = OnnxTensor.Of(name, shape, values);
        graph.Shapes[name] = shape;
        return name;
    }
}
