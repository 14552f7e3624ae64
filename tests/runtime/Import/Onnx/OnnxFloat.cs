using System.Linq;
using EdgeCnn.Trainer.Import.Onnx;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>Runs models in float.</summary>
internal static class OnnxFloat
{
    internal static float[] Run(byte[] file, float[] input)
    {
        OnnxGraph graph = GraphPreparation.Prepare(OnnxFile.Read(file));
        var values = new System.Collections.Generic.Dictionary<string, FloatTensor>
        {
            [graph.Inputs[0].Name] = new FloatTensor(graph.Shapes[graph.Inputs[0].Name], input),
        };
        foreach (OnnxNode node in graph.Nodes)
        {
            FloatTensor[] read = [.. node.Inputs.Select(name =>
                values.TryGetValue(name, out FloatTensor? value) ? value : graph.Real(name))];
            values[node.Outputs[0]] = OnnxOperator.Of(node)!.Evaluate(new OnnxCall(graph, node), read)[0];
        }
        return values[graph.Outputs[0].Name].Values;
    }
}
