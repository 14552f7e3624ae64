using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>Runs models as ONNX defines them, in real numbers, and as they are imported.</summary>
internal static class OnnxDefinition
{
    /// <summary>The first output's integers (as int8), or its real numbers where it is not quantized; inputs are integers, as
    /// int8.</summary>
    internal static float[] Run(byte[] file, params sbyte[][] inputs)
    {
        OnnxGraph graph = GraphPreparation.Prepare(OnnxFile.Read(file));
        var values = new Dictionary<string, FloatTensor>();
        for (int i = 0; i < inputs.Length; i++)
            values[graph.Inputs[i].Name] = new FloatTensor(graph.Shapes[graph.Inputs[i].Name], [.. inputs[i].Select(q => (float)q)]);
        foreach (OnnxNode node in graph.Nodes)
        {
            if (graph.Refused.TryGetValue(node, out var refused)) throw refused;
            var call = new OnnxCall(graph, node);
            FloatTensor[] read = [.. node.Inputs.Select(name =>
                name.Length == 0 ? new FloatTensor([], []) : values.TryGetValue(name, out FloatTensor? value) ? value : graph.Real(name))];
            FloatTensor[] results = node.Kind switch
            {
                "QuantizeLinear" => [Quantized(read[0], Quantizations.Activation(call))],
                "DequantizeLinear" => [Real(read[0], Quantizations.Activation(call))],
                _ => OnnxOperator.Of(node)!.Evaluate(call, read),
            };
            for (int i = 0; i < results.Length; i++) values[node.Outputs[i]] = results[i];
        }
        return values[graph.Resolved(graph.Outputs[0].Name)].Values;
    }

    /// <summary>The same from the imported model; images are N×H×W×C inside and N×C×H×W here.</summary>
    internal static sbyte[] RunImported(IntegerModel imported, params (sbyte[] Values, int[] Shape)[] inputs)
    {
        using EdgeModel model = EdgeModel.Open(ModelWriter.Write(imported));
        for (int i = 0; i < inputs.Length; i++)
        {
            (sbyte[] values, int[] shape) = inputs[i];
            sbyte[] stored = shape.Length == 4 ? Moved(values, shape, [0, 2, 3, 1]) : values;
            stored.Select(q => unchecked((byte)q)).ToArray().CopyTo(model.Bytes(model.Inputs[i]));
        }
        model.Run();
        return [.. model.Bytes(model.Outputs[0]).ToArray().Select(q => unchecked((sbyte)q))];
    }

    internal static sbyte[] Moved(sbyte[] values, int[] shape, int[] order)
    {
        var tensor = new FloatTensor(shape, [.. values.Select(q => (float)q)]);
        return [.. tensor.Take([.. order.Select(axis => shape[axis])],
            StridedView.Of(shape).Transpose(order)).Values.Select(q => (sbyte)q)];
    }

    private static FloatTensor Quantized(FloatTensor real, QuantizationParameters quantization) => real.Map(x =>
        Math.Clamp(MathF.Round(x / quantization.Scale) + quantization.ZeroPoint, sbyte.MinValue, sbyte.MaxValue));

    private static FloatTensor Real(FloatTensor integers, QuantizationParameters quantization) =>
        integers.Map(q => (q - quantization.ZeroPoint) * quantization.Scale);
}
