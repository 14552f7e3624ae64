using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>One operator of the graph with its shapes, constants and attributes. What can't be done is refused with
/// <see cref="Refuse"/>.</summary>
internal class OnnxCall(OnnxGraph graph, OnnxNode node)
{
    public OnnxGraph Graph { get; } = graph;

    public OnnxNode Node { get; } = node;

    public string Kind => Node.Kind;

    public int Opset => Graph.Opset;

    public int InputCount => Array.FindLastIndex(Node.Inputs, name => name.Length > 0) + 1;

    public int OutputCount => Node.Outputs.Length;

    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input].Length > 0;

    public string Name(int input) => Has(input) ? Node.Inputs[input] : throw Refuse($"input {input} is missing");

    public bool IsConstant(int input) => Graph.IsConstant(Name(input));

    public int[] Shape(int input = 0) =>
        Graph.Shapes.TryGetValue(Name(input), out int[]? shape) ? shape : throw Refuse($"the shape of '{Name(input)}' is unknown");

    public int Rank(int input = 0) => Shape(input).Length;

    public int[] OutputShape(int output = 0) =>
        Graph.Shapes.TryGetValue(Node.Outputs[output], out int[]? shape) ? shape : throw Refuse("the shape of its result is unknown");

    /// <summary>The real numbers of an input, which must be a constant.</summary>
    public FloatTensor Real(int input) =>
        IsConstant(input) ? Graph.Real(Name(input)) : throw Refuse($"'{Name(input)}' must be a constant");

    /// <summary>The integers of an input, which must be a constant; they are held to 32 bits, as ends of slices may be anything.</summary>
    public int[] Integers(int input) => Graph.Constants.TryGetValue(Name(input), out OnnxTensor? constant)
        ? [.. constant.Integers().Select(value => (int)Math.Clamp(value, int.MinValue, int.MaxValue))]
        : throw Refuse($"'{Name(input)}' must be a constant");

    /// <summary>Integers that older versions of the operator have as an attribute and newer ones as an input; null where neither is
    /// there.</summary>
    public int[]? Integers(string attribute, int input) =>
        Has(input) ? Integers(input) : Node.Attributes.ContainsKey(attribute) ? Integers(attribute) : null;

    public int[] Integers(string attribute, params int[] missing) => Node.Attributes.TryGetValue(attribute, out OnnxAttribute? set)
        ? [.. set.Integers.Select(value => (int)Math.Clamp(value, int.MinValue, int.MaxValue))]
        : missing;

    public int Integer(string attribute, int missing) =>
        Node.Attributes.TryGetValue(attribute, out OnnxAttribute? set) ? (int)Math.Clamp(set.Integer, int.MinValue, int.MaxValue) : missing;

    public float Single(string attribute, float missing) =>
        Node.Attributes.TryGetValue(attribute, out OnnxAttribute? set) ? set.Single : missing;

    public string Text(string attribute, string missing) =>
        Node.Attributes.TryGetValue(attribute, out OnnxAttribute? set) ? set.Text : missing;

    /// <summary>An axis that may be counted from the end.</summary>
    public int Axis(int axis, int rank) =>
        axis >= -rank && axis < rank ? (axis + rank) % rank : throw Refuse($"there is no axis {axis} among {rank}");

    /// <summary>Requires a number of dimensions.</summary>
    public void RequireRank(int input, int least, int most)
    {
        if (Rank(input) < least || Rank(input) > most)
            throw Refuse($"'{Name(input)}' has {Rank(input)} dimensions; "
                + (least == most ? $"{least} are supported" : $"{least} to {most} are supported"));
    }

    /// <summary>The reason why this operator can't be imported, with its place and shapes.</summary>
    public ImportException Refuse(string reason)
    {
        // Scales and the like would only hide what counts.
        IEnumerable<string> shapes = Node.Inputs.Where(name => name.Length > 0
            && Graph.Shapes.GetValueOrDefault(name) is not []).Select(name =>
            $"'{OnnxNode.Shortened(name)}' [{(Graph.Shapes.TryGetValue(name, out int[]? shape) ? string.Join(", ", shape) : "?")}]");
        return new ImportException($"{Node} on {string.Join(", ", shapes)}: {reason}");
    }
}
