using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Onnx.Calibration;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>
/// Turns an ONNX model into an integer model: a quantized one (QuantizeLinear and DequantizeLinear around operators, or operators on
/// integers) with its own scales, one in float with scales from calibration. Each operator's result is within a step of ONNX's
/// definition, which rounds in floating point.
/// </summary>
public static class OnnxImporter
{
    /// <summary>The operators that can be imported, by name.</summary>
    public static IEnumerable<string> Supported => OnnxOperator.Supported.Concat(QLinearForms.Supported)
        .Concat([OnnxKinds.Quantize, OnnxKinds.Dequantize, OnnxKinds.Shape, OnnxKinds.Constant, "Identity", "Dropout"])
        .Order(StringComparer.Ordinal);

    /// <summary>Imports a file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="fuse">Drop and fuse what inference does not need.</param>
    /// <param name="examples">Example inputs to quantize a model in float with, or null.</param>
    /// <exception cref="ImportException">The file is damaged, or holds something that can't be imported; all reasons at once.</exception>
    public static IntegerModel Import(ReadOnlyMemory<byte> file, bool fuse = true, ExampleFolder? examples = null)
    {
        try
        {
            OnnxGraph graph = GraphPreparation.Prepare(OnnxFile.Read(file));
            if (graph.Nodes.Count == 0) throw new ImportException("the model computes nothing");
            List<string> reasons = Unsuitable(graph, examples);
            IReadOnlyDictionary<string, QuantizationParameters>? measured =
                graph.IsFloat && examples is not null && reasons.Count == 0 ? Calibrator.Measure(graph, examples.Read(graph)) : null;
            var plan = new QuantizationPlan(graph, measured, fuse);
            var activations = new OnnxActivations(graph, plan, new IntegerGraph(fuse, file.Length));
            if (reasons.Count == 0) Translate(graph, activations, reasons);
            if (reasons.Count > 0) throw new ImportException(reasons);
            return Complete(graph, activations);
        }
        catch (Exception damaged) when (damaged is ExportException or OverflowException)
        {
            throw new ImportException(damaged.Message);
        }
    }

    /// <summary>What stands against the model as a whole, and every operator that stands against it by itself.</summary>
    private static List<string> Unsuitable(OnnxGraph graph, ExampleFolder? examples)
    {
        List<string> reasons = [.. graph.Nodes.Where(graph.Refused.ContainsKey).SelectMany(node => graph.Refused[node].Reasons)];
        if (graph.IsFloat && examples is null)
            reasons.Insert(
                0, "the model is in float: give a folder of example inputs with --calibrate, or quantize it to int8 before (QDQ)");
        if (!graph.IsFloat && examples is not null) reasons.Insert(0, "the model is quantized already; leave out --calibrate");
        return reasons;
    }

    private static void Translate(OnnxGraph graph, OnnxActivations activations, List<string> reasons)
    {
        HashSet<string> missing = [];
        foreach (OnnxValue input in graph.Inputs) AddInput(graph, activations, input, reasons, missing);
        foreach (OnnxNode node in graph.Nodes)
        {
            // What reads a result that was refused is not judged.
            if (node.Inputs.Any(missing.Contains))
            {
                missing.UnionWith(node.Outputs);
                continue;
            }
            var translation = new OnnxTranslation(graph, node, activations);
            try
            {
                if (graph.Refused.TryGetValue(node, out ImportException? known)) throw known;
                if (activations.Plan.IsFused(node)) activations.StoreSame(node.Inputs[0], node.Outputs[0]);
                else if (node.Kind is OnnxKinds.Quantize or OnnxKinds.Dequantize) Requantize(translation);
                else OnnxOperator.Of(node)!.Translate(translation);
            }
            catch (Exception refused) when (refused is ImportException or ExportException)
            {
                reasons.AddRange((refused as ImportException ?? translation.Refuse(refused.Message)).Reasons);
                missing.UnionWith(node.Outputs);
            }
        }
    }

    private static void AddInput(
        OnnxGraph graph, OnnxActivations activations, OnnxValue input, List<string> reasons, HashSet<string> missing)
    {
        int[] shape = graph.Shapes[input.Name];
        if (activations.Plan.Of(input.Name) is not { } quantization)
        {
            missing.Add(input.Name);
            if (graph.Readers(input.Name).Length > 0)
                reasons.Add($"input '{input.Name}' ({input.Type}) is not quantized: no QuantizeLinear reads it");
            else reasons.Add($"no operator reads input '{input.Name}'; remove it");
            return;
        }
        if (shape.Length > TensorRecord.MaxRank)
            throw new ImportException($"input '{input.Name}' has more than {TensorRecord.MaxRank} dimensions");
        int[] order = ImageOrder(shape.Length, Next(graph, input.Name) is { Kind: "Transpose" });
        int[] stored = shape.Length == 0 ? [1] : [.. order.Select(axis => shape[axis])];
        activations.Store(input.Name, activations.Integers.AddTensor(new IntegerTensor(stored, quantization)), order);
    }

    /// <summary>Images are N×H×W×C outside, unless a Transpose says that this is what the model has them as.</summary>
    private static int[] ImageOrder(int rank, bool isTransposed) =>
        rank == 4 && !isTransposed ? OnnxTranslation.ChannelsLast(rank) : OnnxTranslation.InOrder(rank);

    /// <summary>The first operator that reads a tensor, quantization aside.</summary>
    private static OnnxNode? Next(OnnxGraph graph, string name)
    {
        OnnxNode? next = graph.Readers(name).FirstOrDefault();
        while (next is { Kind: OnnxKinds.Quantize or OnnxKinds.Dequantize }) next = graph.Readers(next.Outputs[0]).FirstOrDefault();
        return next;
    }

    private static OnnxNode? Previous(OnnxGraph graph, string name)
    {
        OnnxNode? previous = graph.Writer(name);
        for (int i = 0; i < graph.Nodes.Count && previous is { Kind: OnnxKinds.Quantize or OnnxKinds.Dequantize }; i++)
            previous = graph.Writer(previous.Inputs[0]);
        return previous;
    }

    /// <summary>QuantizeLinear and DequantizeLinear: nothing, or where the scales differ a table.</summary>
    private static void Requantize(OnnxTranslation t)
    {
        QuantizationParameters from = t.Quantization(), to = t.Result();
        if (t.Kind == OnnxKinds.Dequantize && from != to)
            throw t.Refuse("its scale and zero point differ from those that its input was quantized with");
        if (from == to) t.Activations.StoreSame(t.Name(0), t.Node.Outputs[0]);
        else t.Store(t.Requantized(t.Tensor(0, t.Order()), to), t.Order());
    }

    private static IntegerModel Complete(OnnxGraph graph, OnnxActivations activations)
    {
        IntegerModel model = activations.Model;
        foreach (OnnxValue input in graph.Inputs) model.Inputs.Add(new InputDescription(input.Name, ChannelOrder.None, null));
        foreach (OnnxValue output in graph.Outputs)
        {
            string name = graph.Resolved(output.Name);
            if (graph.IsConstant(name)) throw new ImportException($"output '{output.Name}' is a constant");
            int rank = graph.Shapes.TryGetValue(name, out int[]? shape) ? shape.Length : 0;
            int tensor = activations.Tensor(name, ImageOrder(rank, Previous(graph, name) is { Kind: "Transpose" }))
                ?? throw new ImportException($"output '{output.Name}' is written by no operator");
            if (tensor < graph.Inputs.Count)
                throw new ImportException($"output '{output.Name}' is an input; the model does nothing with it");
            model.Outputs.Add(new OutputDescription(tensor, output.Name, []));
        }
        return Pruning.WithoutUnused(model);
    }
}
