using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>
/// How every activation is quantized, decided before anything is translated: as the QuantizeLinear behind it says, as its operator's
/// input where elements only move, or as its measured range asks. ReLU and Clip behind an operator that can clamp become its clamp.
/// </summary>
internal sealed class QuantizationPlan
{
    private readonly OnnxGraph _graph;
    private readonly IReadOnlyDictionary<string, QuantizationParameters>? _measured;
    private readonly Dictionary<string, QuantizationParameters> _of = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double Min, double Max)> _clamps = new(StringComparer.Ordinal);
    private readonly HashSet<OnnxNode> _fused = [];

    /// <param name="graph">The graph.</param>
    /// <param name="measured">Of a graph in float, the quantization that the calibration asks for; otherwise null.</param>
    /// <param name="mayFuse">Whether clamps may be fused.</param>
    public QuantizationPlan(OnnxGraph graph, IReadOnlyDictionary<string, QuantizationParameters>? measured, bool mayFuse)
    {
        (_graph, _measured) = (graph, measured);
        foreach (string input in graph.Inputs.Select(input => input.Name)) Set(input, Wanted(input));
        foreach (OnnxNode node in graph.Nodes.Where(node => !graph.Refused.ContainsKey(node) && !_fused.Contains(node)))
            Plan(node, mayFuse);
    }

    /// <summary>The quantization of an activation, or null when it has none.</summary>
    public QuantizationParameters? Of(string name) => _of.TryGetValue(name, out QuantizationParameters found) ? found : null;

    /// <summary>What the result of an operator is clamped to, in real numbers.</summary>
    public (double Min, double Max) ClampOf(string name) =>
        _clamps.GetValueOrDefault(name, (double.NegativeInfinity, double.PositiveInfinity));

    /// <summary>Whether the operator is part of the one before it.</summary>
    public bool IsFused(OnnxNode node) => _fused.Contains(node);

    private void Plan(OnnxNode node, bool mayFuse)
    {
        var call = new OnnxCall(_graph, node);
        if (node.Kind == OnnxKinds.Quantize) Set(node.Outputs[0], Try(call));
        else if (node.Kind == OnnxKinds.Dequantize) Set(node.Outputs[0], Try(call));
        else if (OnnxOperator.Of(node) is { } op)
        {
            foreach (string output in node.Outputs)
            {
                // Fusing a clamp loses nothing even where every tensor is kept: the one before it has no quantization of its own.
                string last = output;
                if (op.Clamps && (mayFuse || Wanted(output) is null || _measured is not null)) last = FuseClamps(output);
                QuantizationParameters? input = node.Inputs.Where(name => name.Length > 0).Select(Of).FirstOrDefault(found =>
                    found is not null);
                // In float, what an operator can't choose comes before what was measured.
                QuantizationParameters? natural = op.Natural(call), wanted = Wanted(last);
                if (_measured is not null) wanted = natural ?? wanted;
                if (op.InheritsQuantization) natural ??= input;
                Set(output, op.KeepsQuantization(call) ? input : wanted ?? natural);
                if (last != output) Set(last, Of(output));
            }
        }
    }

    /// <summary>Follows ReLU and Clip as long as nobody else reads what is between; the name of the last result.</summary>
    private string FuseClamps(string output)
    {
        string last = output;
        (double min, double max) = ClampOf(output);
        while (!_graph.IsOutput(last) && _graph.Readers(last) is [var reader] && !_graph.Refused.ContainsKey(reader)
            && Operators.Unary.ClampOf(new OnnxCall(_graph, reader)) is { } clamp)
        {
            (min, max) = (Math.Clamp(min, clamp.Min, clamp.Max), Math.Clamp(max, clamp.Min, clamp.Max));
            _fused.Add(reader);
            last = reader.Outputs[0];
        }
        _clamps[output] = (min, max);
        return last;
    }

    /// <summary>What the readers of an activation, or its measured range, want it to be.</summary>
    private QuantizationParameters? Wanted(string name)
    {
        if (_measured is not null) return _measured.TryGetValue(name, out QuantizationParameters range) ? range : null;
        return _graph.Readers(name).Where(reader => reader.Kind is OnnxKinds.Quantize or OnnxKinds.Dequantize)
            .Select(reader => Try(new OnnxCall(_graph, reader))).FirstOrDefault(found => found is not null);
    }

    private QuantizationParameters? Try(OnnxCall quantize)
    {
        try
        {
            return Quantizations.Activation(quantize);
        }
        catch (ImportException refused)
        {
            _graph.Refused[quantize.Node] = refused;
            return null;
        }
    }

    private void Set(string name, QuantizationParameters? quantization)
    {
        if (quantization is { } known) _of[name] = known;
    }
}
