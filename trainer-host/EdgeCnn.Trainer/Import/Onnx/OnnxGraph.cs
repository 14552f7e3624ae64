using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>A constant of integers that stand for real numbers, as DequantizeLinear makes them.</summary>
/// <param name="Integers">int8, uint8 or int32.</param>
/// <param name="Scales">One, or one per place along <paramref name="Axis"/>.</param>
/// <param name="ZeroPoints">As many.</param>
/// <param name="Axis">The axis that several scales belong to.</param>
internal sealed record QuantizedConstant(OnnxTensor Integers, float[] Scales, long[] ZeroPoints, int Axis)
{
    public FloatTensor Real()
    {
        int inner = Scales.Length == 1 ? Math.Max(1, Integers.Elements) : FloatTensor.Count(Integers.Shape.Skip(Axis + 1));
        return new FloatTensor(Integers.Shape, [.. Integers.Integers().Select((q, i) =>
        {
            int channel = i / inner % Scales.Length;
            return (q - ZeroPoints[channel]) * Scales[channel];
        })]);
    }
}

/// <summary>A graph whose shapes and constants are known.</summary>
internal sealed class OnnxGraph(OnnxFile file)
{
    /// <summary>The operators that are left, in execution order.</summary>
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>What stands against an operator, found while its shapes were.</summary>
    public Dictionary<OnnxNode, ImportException> Refused { get; } = [];

    public Dictionary<string, int[]> Shapes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, OnnxTensor> Constants { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, QuantizedConstant> Quantized { get; } = new(StringComparer.Ordinal);

    /// <summary>Other names of tensors, such as what Identity writes.</summary>
    public Dictionary<string, string> Aliases { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<OnnxValue> Inputs => file.Inputs;

    public IReadOnlyList<OnnxValue> Outputs => file.Outputs;

    public int Opset => file.Opset;

    /// <summary>Whether no activation is quantized.</summary>
    public bool IsFloat => !Nodes.Exists(node => node.Kind is OnnxKinds.Quantize or OnnxKinds.Dequantize);

    public string Resolved(string name) => Aliases.GetValueOrDefault(name, name);

    public bool IsConstant(string name) => Constants.ContainsKey(name) || Quantized.ContainsKey(name);

    public bool IsOutput(string name) => Outputs.Any(output => Resolved(output.Name) == name);

    public OnnxNode[] Readers(string name) => [.. Nodes.Where(node => node.Inputs.Contains(name))];

    public OnnxNode? Writer(string name) => Nodes.Find(node => node.Outputs.Contains(name));

    /// <summary>A constant as real numbers.</summary>
    public FloatTensor Real(string name) => Quantized.TryGetValue(name, out QuantizedConstant? quantized)
        ? quantized.Real()
        : new FloatTensor(Constants[name].Shape, Constants[name].Floats());
}

/// <summary>Operators that the importer itself treats in a way of their own.</summary>
internal static class OnnxKinds
{
    public const string Quantize = "QuantizeLinear", Dequantize = "DequantizeLinear", Shape = "Shape", Constant = "Constant";

    /// <summary>Operators that hand on what they read; Cast between floats, and Dropout in inference.</summary>
    public static bool IsIdentity(OnnxNode node) =>
        node.Kind is "Identity" or "Dropout" || (node.Kind == "Cast" && node.Attributes.TryGetValue("to", out OnnxAttribute? to)
            && (OnnxType)to.Integer is OnnxType.Float32 or OnnxType.Float16);
}
