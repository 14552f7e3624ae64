using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Export.Onnx;

/// <summary>
/// Writes a float network as ONNX, opset 17: images as N×C×H×W, any N. The input is the network's own, pixels after normalization; the
/// output is the scores.
/// </summary>
public static class OnnxExport
{
    private const string InputName = "image", OutputName = "scores";

    /// <summary>The network of a recipe.</summary>
    /// <exception cref="ExportException">ONNX has nothing like one of its layers; the message names it.</exception>
    public static byte[] ToBytes(Recipe recipe, Network<float> network)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        string[] scales = [.. recipe.Normalization.Scale.Select(Text)], offsets = [.. recipe.Normalization.Offset.Select(Text)];
        string description =
            $"Input: pixels from 0 to 255, per channel times {string.Join(", ", scales)} plus {string.Join(", ", offsets)}. "
            + $"Scores: {string.Join(", ", recipe.Classes)}.";
        return ToBytes(network, recipe.Name, description, recipe.Output == OutputKind.Softmax);

        static string Text(double value) => value.ToString("g9", CultureInfo.InvariantCulture);
    }

    /// <summary>A network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">Name of the graph.</param>
    /// <param name="description">What people should know of it.</param>
    /// <param name="endsInSoftmax">Whether the scores are softmax of the network's output.</param>
    /// <exception cref="ExportException">ONNX has nothing like one of its layers; the message names it.</exception>
    public static byte[] ToBytes(Network<float> network, string name, string description = "", bool endsInSoftmax = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        var graph = new OnnxGraphWriter();
        var input = new OnnxPlace(InputName, network.Input, false);
        if (network.Input.IsVolume) throw new ExportException($"an input of {network.Input} is a volume; only networks of images become ONNX");
        var places = new List<OnnxPlace>();
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            OnnxPlace[] read = [.. network.Wiring.InputsOf(layer).Select(source => source < 0 ? input : places[source])];
            places.Add(OnnxLayers.Add(graph, network.Layers[layer], read) ?? throw new ExportException(
                $"{network.Paths[layer]} ({network.Layers[layer].Kind}) has no operator in ONNX; use another layer for networks that go there"));
        }
        OnnxPlace last = places[^1];
        string scores = endsInSoftmax
            ? graph.Add("Softmax", OutputName, [last.Name], ("axis", 1))
            : graph.Add("Identity", OutputName, [last.Name]);
        return graph.ToFile(name, description, (InputName, input.Dimensions), (scores, last.Dimensions));
    }
}
