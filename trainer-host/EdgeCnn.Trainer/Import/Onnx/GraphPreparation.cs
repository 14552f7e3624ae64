using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>Finds the shapes of all tensors, computes what depends on constants and shapes only, and drops what no output needs.</summary>
internal static class GraphPreparation
{
    /// <summary>The graph of a file.</summary>
    /// <exception cref="ImportException">A shape of an input is unknown.</exception>
    public static OnnxGraph Prepare(OnnxFile file)
    {
        var graph = new OnnxGraph(file);
        foreach ((string name, OnnxTensor constant) in file.Initializers) SetConstant(graph, name, constant);
        foreach (OnnxValue input in file.Inputs) graph.Shapes[input.Name] = FixedShape(input);
        HashSet<string> written = [.. graph.Shapes.Keys];
        foreach (OnnxNode node in file.Nodes.SelectMany(node => QLinearForms.Expand(node, file.Opset)))
        {
            Add(graph, file, node, written);
            written.UnionWith(node.Outputs);
        }
        DropUnused(graph);
        FloatRewrites.Apply(graph);
        DropUnused(graph);
        return graph;
    }

    /// <summary>A batch of unknown size is one sample; anything else must be known.</summary>
    private static int[] FixedShape(OnnxValue input)
    {
        if (input.Shape is not { } shape)
            throw new ImportException($"input '{input.Name}' has no shape; export the model with fixed shapes");
        for (int axis = 1; axis < shape.Length; axis++)
        {
            if (shape[axis] > 0) continue;
            string symbol = input.Symbols[axis].Length > 0 ? $" ('{input.Symbols[axis]}')" : "";
            throw new ImportException(
                $"dimension {axis}{symbol} of input '{input.Name}' is known only at run time; export the model with fixed shapes "
                + "(only the first dimension may be open: it becomes 1)");
        }
        int[] known = [.. shape.Select(size => size > 0 ? size : 1)];
        RequireElements($"input '{input.Name}'", known);
        return known;
    }

    private static void Add(OnnxGraph graph, OnnxFile file, OnnxNode read, HashSet<string> written)
    {
        OnnxNode node = read with { Inputs = [.. read.Inputs.Select(graph.Resolved)] };
        var call = new OnnxCall(graph, node);
        try
        {
            if (node.Outputs.Length == 0) throw call.Refuse("it has no output");
            if (read.Inputs.FirstOrDefault(name => name.Length > 0 && !written.Contains(name)) is { } missing)
                throw call.Refuse($"'{missing}' is written by no operator before it");
            if (node.Outputs.Any(output => output.Length > 0 && (graph.Shapes.ContainsKey(output) || graph.Aliases.ContainsKey(output))))
                throw call.Refuse("another operator writes its output already");
            if (Absorb(graph, call)) return;
            if (Shapes(call) is { } shapes)
            {
                for (int i = 0; i < shapes.Length && i < node.Outputs.Length; i++)
                {
                    RequireElements($"the result of {node}", shapes[i]);
                    graph.Shapes[node.Outputs[i]] = shapes[i];
                }
                if (Fold(graph, call)) return;
            }
        }
        catch (ImportException refused)
        {
            graph.Refused[node] = refused;
        }
        graph.Nodes.Add(node);
        // What follows is judged by itself, where the file says what it reads.
        foreach (OnnxValue output in file.Described.Concat(file.Outputs).Where(value => node.Outputs.Contains(value.Name)))
            if (output.Shape is { } shape && shape.All(size => size > 0)) graph.Shapes.TryAdd(output.Name, shape);
    }

    private static int[][]? Shapes(OnnxCall call)
    {
        bool quantizes = call.Kind is OnnxKinds.Quantize or OnnxKinds.Dequantize;
        OnnxOperator? op = OnnxOperator.Of(call.Node);
        if (op is null && !quantizes) throw call.Refuse("this operator can't be imported");
        // A shape that is missing was refused already, at the operator that should have made it.
        if (call.Node.Inputs.Any(name => name.Length > 0 && !call.Graph.Shapes.ContainsKey(name))) return null;
        return quantizes ? [call.Shape()] : op!.Shapes(call);
    }

    /// <summary>Operators that are nothing but a constant, a shape, or another name.</summary>
    private static bool Absorb(OnnxGraph graph, OnnxCall call)
    {
        OnnxNode node = call.Node;
        string output = node.Outputs[0];
        if (OnnxKinds.IsIdentity(node) && !graph.IsConstant(call.Name(0)))
        {
            graph.Aliases[output] = call.Name(0);
            return true;
        }
        if (node.Kind == OnnxKinds.Constant) SetConstant(graph, output, ConstantFolding.Constant(call));
        else if (node.Kind == OnnxKinds.Shape)
        {
            int rank = call.Rank(), start = call.Integer("start", 0), end = call.Integer("end", rank);
            long[] sizes = [.. call.Shape().Select(size => (long)size)];
            sizes = sizes[new Range(Math.Clamp(start < 0 ? start + rank : start, 0, rank),
                Math.Clamp(end < 0 ? end + rank : end, 0, rank))];
            SetConstant(graph, output, OnnxTensor.Of(output, [sizes.Length], sizes));
        }
        else if (node.Kind == OnnxKinds.Dequantize && graph.Constants.TryGetValue(call.Name(0), out OnnxTensor? integers))
        {
            graph.Quantized[output] = Quantizations.Constant(call, integers);
            graph.Shapes[output] = integers.Shape;
        }
        else return false;
        return true;
    }

    private static bool Fold(OnnxGraph graph, OnnxCall call)
    {
        if (!call.Node.Inputs.All(name => name.Length == 0 || graph.IsConstant(name))) return false;
        OnnxTensor[]? folded = ConstantFolding.Fold(call);
        if (folded is null) return false;
        foreach (OnnxTensor tensor in folded) SetConstant(graph, tensor.Name, tensor);
        return true;
    }

    private static void SetConstant(OnnxGraph graph, string name, OnnxTensor tensor)
    {
        graph.Constants[name] = tensor with { Name = name };
        graph.Shapes[name] = tensor.Shape;
    }

    private static void DropUnused(OnnxGraph graph)
    {
        HashSet<string> needed = [.. graph.Outputs.Select(output => graph.Resolved(output.Name))];
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            if (graph.Nodes[i].Outputs.Any(needed.Contains)) needed.UnionWith(graph.Nodes[i].Inputs);
            else graph.Nodes.RemoveAt(i);
        }
    }

    private static void RequireElements(string what, int[] shape)
    {
        if (shape.Any(size => size < 1)) throw new ImportException($"{what} has no elements: [{string.Join(", ", shape)}]");
        if (shape.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue)) > ImportLimits.TensorElements)
            throw new ImportException($"{what} is [{string.Join(", ", shape)}]; at most {ImportLimits.TensorElements} elements");
    }
}
