using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx.Calibration;

/// <summary>Runs a graph in float on examples and finds the range of every activation.</summary>
internal static class Calibrator
{
    /// <summary>How each activation is to be quantized.</summary>
    /// <param name="graph">A graph in float whose operators can all be imported.</param>
    /// <param name="examples">Values of the graph's one input.</param>
    public static Dictionary<string, QuantizationParameters> Measure(OnnxGraph graph, IEnumerable<FloatTensor> examples)
    {
        var observers = new Dictionary<string, MinMaxObserver>(StringComparer.Ordinal);
        Dictionary<string, int> lastReader = [];
        for (int i = 0; i < graph.Nodes.Count; i++)
            foreach (string name in graph.Nodes[i].Inputs) lastReader[name] = i;
        foreach (FloatTensor example in examples) Run(graph, example, observers, lastReader);
        if (observers.Count == 0) throw new ImportException("there are no examples to calibrate with");
        return observers.ToDictionary(observed => observed.Key, observed => Covering(observed.Key, observed.Value.Range));
    }

    private static void Run(
        OnnxGraph graph, FloatTensor example, Dictionary<string, MinMaxObserver> observers, Dictionary<string, int> lastReader)
    {
        var values = new Dictionary<string, FloatTensor>(StringComparer.Ordinal);
        void Set(string name, FloatTensor value)
        {
            values[name] = value;
            if (!observers.TryGetValue(name, out MinMaxObserver? observer)) observers[name] = observer = new MinMaxObserver();
            observer.Observe(value.Values);
        }
        Set(graph.Inputs[0].Name, example);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            OnnxNode node = graph.Nodes[i];
            FloatTensor[] inputs = [.. node.Inputs.Select(name =>
                name.Length == 0 ? new FloatTensor([], []) : values.TryGetValue(name, out FloatTensor? value) ? value : graph.Real(name))];
            FloatTensor[] results = OnnxOperator.Of(node)!.Evaluate(new OnnxCall(graph, node), inputs);
            for (int output = 0; output < results.Length && output < node.Outputs.Length; output++)
                Set(node.Outputs[output], results[output]);
            foreach (string name in node.Inputs.Where(name => lastReader[name] == i)) values.Remove(name);
        }
    }

    private static QuantizationParameters Covering(string name, (double Min, double Max) range) =>
        double.IsFinite(range.Min) && double.IsFinite(range.Max)
            ? QuantizationParameters.Covering(range.Min, range.Max)
            : throw new ImportException(
                $"'{name}' becomes {range.Min} … {range.Max} on the examples; are they scaled as the model wants them?");
}
