using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>
/// Operators that compute with integers themselves, written as what they mean: DequantizeLinear of the operands, the operator on real
/// numbers, QuantizeLinear of the result.
/// </summary>
internal static class QLinearForms
{
    /// <summary>
    /// Where the operands stand: for each of the operator on real numbers the position of its integers, whose scale and zero point
    /// follow; −1 − i for one at position i that is already in int32 steps of the first two scales' product (a bias); then the position
    /// of the result's scale.
    /// </summary>
    private sealed record Form(string Kind, int[] Operands, int Result);

    private static readonly Dictionary<string, Form> Forms = new(StringComparer.Ordinal)
    {
        ["QLinearConv"] = new Form("Conv", [0, 3, -9], 6),
        ["QLinearMatMul"] = new Form("MatMul", [0, 3], 6),
        ["com.microsoft.QLinearAdd"] = new Form("Add", [0, 3], 6),
        ["com.microsoft.QLinearMul"] = new Form("Mul", [0, 3], 6),
        ["com.microsoft.QLinearAveragePool"] = new Form("AveragePool", [0], 3),
        ["com.microsoft.QLinearGlobalAveragePool"] = new Form("GlobalAveragePool", [0], 3),
        ["com.microsoft.QLinearLeakyRelu"] = new Form("LeakyRelu", [0], 3),
        ["com.microsoft.QLinearSigmoid"] = new Form("Sigmoid", [0], 3),
        ["com.microsoft.QLinearSoftmax"] = new Form("Softmax", [0], 3),
        ["com.microsoft.QGemm"] = new Form("Gemm", [0, 3, -7], 7),
    };

    private const string Concat = "com.microsoft.QLinearConcat";

    /// <summary>Names of the operators that are written otherwise.</summary>
    public static IEnumerable<string> Supported => Forms.Keys.Append(Concat);

    /// <summary>The node itself, or what it means.</summary>
    public static IEnumerable<OnnxNode> Expand(OnnxNode node, int opset)
    {
        Form? form = node.Kind == Concat
            ? new Form("Concat", [.. Enumerable.Range(0, (node.Inputs.Length - 2) / 3).Select(i => 2 + 3 * i)], 0)
            : Forms.GetValueOrDefault(node.Kind);
        if (form is null || node.Outputs.Length != 1 || node.Inputs.Length <= form.Result + 1 || HasOtherMeaning(node, opset))
            return [node];
        if (form.Operands.Any(at => at >= 0 && at + 2 >= node.Inputs.Length)) return [node];

        var parts = new List<OnnxNode>();
        string output = node.Outputs[0], real = output + "/real";
        string[] operands = [.. form.Operands.Select((at, i) => Operand(parts, node, at, $"{output}/{i}", i == 1
            && HasRowsFirst(form, node)))];
        parts.Add(node with { Kind = form.Kind, Inputs = operands, Outputs = [real] });
        parts.Add(Part(node, OnnxKinds.Quantize, [real, node.Inputs[form.Result], node.Inputs[form.Result + 1]], output));
        return parts;
    }

    private static string Operand(List<OnnxNode> parts, OnnxNode node, int at, string name, bool rowsFirst)
    {
        if (at < 0)
            return -1 - at is var bias && bias < node.Inputs.Length && node.Inputs[bias].Length > 0 ? Bias(parts, node, bias, name) : "";
        OnnxNode part = Part(node, OnnxKinds.Dequantize, node.Inputs[at..(at + 3)], name);
        parts.Add(part with { Attributes = new Dictionary<string, OnnxAttribute> { ["axis"] = OnnxAttribute.Of(rowsFirst ? 0L : -1L) } });
        return name;
    }

    /// <summary>Whether several scales of the weights lie along their first axis, and not along the last.</summary>
    private static bool HasRowsFirst(Form form, OnnxNode node) =>
        form.Kind == "Conv" || (node.Attributes.TryGetValue("transB", out OnnxAttribute? transposed) && transposed.Integer != 0);

    /// <summary>A bias in int32, whose scale is the product of the input's and the weights'.</summary>
    private static string Bias(List<OnnxNode> parts, OnnxNode node, int at, string name)
    {
        parts.Add(Part(node, "Mul", [node.Inputs[1], node.Inputs[4]], name + "/scale"));
        OnnxNode part = Part(node, OnnxKinds.Dequantize, [node.Inputs[at], name + "/scale"], name);
        parts.Add(part with { Attributes = new Dictionary<string, OnnxAttribute> { ["axis"] = OnnxAttribute.Of(0L) } });
        return name;
    }

    private static OnnxNode Part(OnnxNode node, string kind, string[] inputs, string output) =>
        node with { Kind = kind, Inputs = inputs, Outputs = [output], Attributes = new Dictionary<string, OnnxAttribute>() };

    /// <summary>Settings that the operator on real numbers does not have.</summary>
    private static bool HasOtherMeaning(OnnxNode node, int opset) =>
        (node.Attributes.TryGetValue("channels_last", out OnnxAttribute? last) && last.Integer != 0)
        || (node.Attributes.TryGetValue("opset", out OnnxAttribute? set) && (set.Integer < 13) != (opset < 13));
}
