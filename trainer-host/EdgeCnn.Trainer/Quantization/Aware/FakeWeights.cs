using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization.Aware;

/// <summary>
/// The weights of a network as their integers stand for them, in place of the weights themselves while a step runs: gradients go
/// straight through to the float weights, none of which saturates because the scale covers the largest.
/// </summary>
/// <remarks>
/// A factor per channel that batch normalization folds into weights changes their scale and not their integers, so the layers' own
/// weights are quantized.
/// </remarks>
public sealed class FakeWeights : IParameterStandIn
{
    private readonly Network<float> _network;
    private readonly FakeQuantize<float>[] _activations;
    private readonly List<(Parameter<float> Weights, int Channels, WeightFormat Format, float[] Own)> _fakes = [];
    private readonly double _freeze;

    /// <summary>Stands in for the weights of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weighted">Its layers with weights, by their numbers, and the formats that they get.</param>
    /// <param name="freeze">Share of the training after which ranges of activations stay as they are.</param>
    public FakeWeights(Network<float> network, IEnumerable<(int Layer, WeightFormat Format)> weighted, double freeze = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weighted);
        (_network, _freeze) = (network, freeze);
        _activations = [.. network.Layers.OfType<FakeQuantize<float>>()];
        foreach ((int number, WeightFormat format) in weighted)
        {
            Layer<float> layer = network.Layers[number];
            _fakes.Add((layer.Weights!, layer.Bias!.Length, format, new float[layer.Weights!.Length]));
        }
    }

    /// <summary>
    /// The layers whose weights become those of a stage, by their numbers, and the formats that they get. Weights that are products of
    /// several parameters are not among them.
    /// </summary>
    public static IEnumerable<(int Stage, int Layer, WeightFormat Format)> Of(
        Network<float> network, IReadOnlyList<Stage> stages, WeightFormats formats)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentNullException.ThrowIfNull(formats);
        WeightFormat[] all = formats.Of(stages);
        for (int i = 0; i < stages.Count; i++)
            if (stages[i].Weights is not null && network.Layers[stages[i].Layers[0]] is { Weights: not null } and not MapCombination<float>)
                yield return (i, stages[i].Layers[0], all[i]);
    }

    /// <inheritdoc/>
    public void Enter(double progress)
    {
        foreach (FakeQuantize<float> activation in _activations) activation.IsFrozen = progress >= _freeze;
        foreach (var (weights, channels, format, own) in _fakes)
        {
            weights.Values.CopyTo(own);
            WeightQuantizer.FakeQuantize(weights.Values, channels, format);
        }
        _network.WeightsChanged();
    }

    /// <inheritdoc/>
    public void Leave()
    {
        foreach (var (weights, _, _, own) in _fakes) own.CopyTo(weights.Values);
    }
}
