using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization.Aware;

/// <summary>
/// A twin of a network with <see cref="FakeQuantize{T}"/> behind every stage whose output has a quantization of its own.
/// </summary>
public sealed class AwareNetwork
{
    private readonly Network<float> _original;
    private readonly IReadOnlyList<Stage> _stages;
    private readonly FakeQuantize<float>?[] _quantizeOf;
    private readonly int[] _numberOf;

    /// <summary>Makes the twin.</summary>
    /// <param name="original">The network; the twin starts with its parameters.</param>
    /// <param name="layers">The same layers, fresh.</param>
    /// <param name="averaging">Share of a mini-batch in the moving averages of the ranges.</param>
    /// <exception cref="Export.ExportException">A layer has no integer form.</exception>
    public AwareNetwork(Network<float> original, NetworkBuilder<float> layers, double averaging)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(layers);
        (_original, _stages) = (original, Stage.Of(original));
        _quantizeOf = [.. _stages.Select(stage => stage.IsObserved ? new FakeQuantize<float>(averaging) : null)];
        var quantized = Enumerable.Range(0, _stages.Count).Where(i => _stages[i].IsObserved)
            .ToDictionary(i => LastInUse(_stages[i]), i => _quantizeOf[i]!);
        _numberOf = new int[original.Layers.Count];
        var outputOf = new int[original.Layers.Count];
        var builder = new NetworkBuilder<float>();
        for (int number = 0; number < outputOf.Length; number++)
        {
            NetworkNode<float> node = layers.Nodes[number];
            int[] inputs = [.. node.Inputs.Select(input => input < 0 ? input : outputOf[input])];
            outputOf[number] = _numberOf[number] = builder.Add(node.Layer, inputs, node.Path);
            if (!quantized.TryGetValue(number, out FakeQuantize<float>? quantize)) continue;
            quantize.Name = $"{node.Layer.Name}.quantized";
            outputOf[number] = builder.Add(quantize, [_numberOf[number]], node.Path);
        }
        Network = new Network<float>(original.Input, builder);
        Copy(from: original, to: Network);
    }

    /// <summary>The twin.</summary>
    public Network<float> Network { get; }

    /// <summary>The range of each stage's output, as training learned it; of no meaning for stages that are not observed.</summary>
    public IReadOnlyList<(double Min, double Max)> Ranges =>
        [.. _quantizeOf.Select(quantize => quantize is null ? default : ((double)quantize.Range.Values[0], quantize.Range.Values[1]))];

    /// <summary>What stands in for the twin's weights while it trains.</summary>
    public FakeWeights FakeWeights(WeightFormats formats, double freeze) => new(
        Network,
        Aware.FakeWeights.Of(_original, _stages, formats).Select(weighted => (_numberOf[weighted.Layer], weighted.Format)),
        freeze);

    /// <summary>Gives the network what the twin has learned.</summary>
    public void CopyBack() => Copy(from: Network, to: _original);

    /// <summary>The last layer of a stage that does something in use: dropout behind it only trains.</summary>
    private int LastInUse(Stage stage) => stage.Layers.Last(layer => _original.Layers[layer].IntegerForm is not ClampForm { IsOpen: true });

    private static void Copy(Network<float> from, Network<float> to)
    {
        var pairs = Learned(from).Zip(Learned(to));
        foreach ((Parameter<float> source, Parameter<float> target) in pairs) source.Values.CopyTo(target.Values);
        to.WeightsChanged();

        static IEnumerable<Parameter<float>> Learned(Network<float> network) =>
            network.Layers.Where(layer => layer is not FakeQuantize<float>).SelectMany(layer => layer.Parameters);
    }
}
