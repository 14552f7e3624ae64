using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// Makes the ranges of the channels between two layers equal without changing what they compute (Nagel et al., Data-Free Quantization
/// Through Weight Equalization and Bias Correction, 2019): because s·relu(x/s) = relu(x) for s above 0, channel i of the first layer is
/// divided by sᵢ = √(r₁ᵢ/r₂ᵢ) and the second layer's weights for it multiplied, r being the largest magnitude of the channel's weights in
/// each.
/// </summary>
/// <remarks>
/// Between the two may stand ReLU or nothing, pooling and reshaping, and no other reader. Layers in longer chains are in two pairs, so
/// the pairs are gone through until nothing changes any more.
/// </remarks>
public static class CrossLayerEqualization
{
    private const int MostSweeps = 100;
    private const double Settled = 1e-3;

    /// <summary>Operators that treat channels alike and have no weights, so that factors pass through them.</summary>
    private static readonly int[] Passing = [MaxPool.Code, AveragePool.Code, Reshape.Code];

    /// <summary>Equalizes a network's weights in place.</summary>
    /// <returns>The number of pairs of layers.</returns>
    public static int Apply(Network<float> network)
    {
        IReadOnlyList<Pair> pairs = PairsOf(network);
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double change = 0;
            foreach (Pair pair in pairs) change = Math.Max(change, pair.Equalize());
            if (change < Settled) break;
        }
        network.WeightsChanged();
        return pairs.Count;
    }

    private static List<Pair> PairsOf(Network<float> network)
    {
        IReadOnlyList<Stage> stages = Stage.Of(network);
        var pairs = new List<Pair>();
        foreach (Stage second in stages.Where(stage => InputChannels.Of(network, stage) is not null))
        {
            int at = second.Inputs[0];
            while (at >= 0 && IsPassing(stages[at]) && ReadersOf(at) == 1) at = stages[at].Inputs[0];
            if (at < 0 || ReadersOf(at) != 1 || InputChannels.Of(network, stages[at]) is null || !IsPositive(stages[at])) continue;
            Layer<float>[] first = [.. stages[at].Layers.Select(layer => network.Layers[layer])];
            if (!first.Skip(1).All(layer => layer is BatchNorm<float> || layer.IntegerForm is ClampForm)) continue;
            Layer<float>[] later = [.. second.Layers.Select(layer => network.Layers[layer])];
            pairs.Add(new Pair(first, later, InputChannels.Of(network, second)!, stages[at].Output.Channels));
        }
        return pairs;

        int ReadersOf(int stage) => stages.Count(other => other.Inputs.Contains(stage));
    }

    private static bool IsPassing(Stage stage) =>
        stage is { Weights: null, Form: OperatorForm form } && Passing.Contains(form.Code) && IsPositive(stage);

    /// <summary>Whether a positive factor passes through the stage's activation: there is none, or ReLU.</summary>
    private static bool IsPositive(Stage stage) =>
        double.IsPositiveInfinity(stage.Max) && (stage.Min == 0 || double.IsNegativeInfinity(stage.Min));

    /// <summary>Two layers with weights, and what stands behind each in its stage.</summary>
    private sealed class Pair(Layer<float>[] first, Layer<float>[] second, InputChannels inputs, int channels)
    {
        /// <summary>Divides and multiplies, and says by how much at most.</summary>
        public double Equalize()
        {
            double[] r1 = RangesOfOutputs(), r2 = RangesOfInputs();
            double change = 0;
            float[] factors = new float[channels];
            for (int c = 0; c < channels; c++)
            {
                factors[c] = r1[c] > 0 && r2[c] > 0 ? (float)Math.Sqrt(r1[c] / r2[c]) : 1;
                change = Math.Max(change, Math.Abs(Math.Log(factors[c])));
            }
            if (first.OfType<BatchNorm<float>>().LastOrDefault() is { } norm)
            {
                Divide(norm.Scale.Values, factors);
                Divide(norm.Bias!.Values, factors);
            }
            else
            {
                Divide(first[0].Weights!.Values, factors);
                Divide(first[0].Bias!.Values, factors);
            }
            Span<float> weights = second[0].Weights!.Values;
            for (int k = 0; k < weights.Length; k++) weights[k] *= factors[inputs.ChannelOf(k, channels)];
            return change;
        }

        private double[] RangesOfOutputs()
        {
            double[] ranges = new double[channels];
            ReadOnlySpan<float> weights = first[0].Weights!.Values;
            double[] scale = ScalesOf(first);
            int depth = weights.Length / channels;
            for (int k = 0; k < weights.Length; k++)
                ranges[k / depth] = Math.Max(ranges[k / depth], Math.Abs(weights[k] * scale[k / depth]));
            return ranges;
        }

        private double[] RangesOfInputs()
        {
            double[] ranges = new double[channels];
            ReadOnlySpan<float> weights = second[0].Weights!.Values;
            double[] scale = ScalesOf(second);
            int depth = weights.Length / scale.Length;
            for (int k = 0; k < weights.Length; k++)
            {
                ref double range = ref ranges[inputs.ChannelOf(k, channels)];
                range = Math.Max(range, Math.Abs(weights[k] * scale[k / depth]));
            }
            return ranges;
        }

        /// <summary>What batch normalization multiplies each output channel by.</summary>
        private static double[] ScalesOf(Layer<float>[] layers)
        {
            double[] scales = [.. Enumerable.Repeat(1.0, layers[0].Bias!.Length)];
            foreach (BatchNorm<float> norm in layers.OfType<BatchNorm<float>>())
                scales = [.. scales.Zip(norm.InferenceFactors(), (scale, factor) => scale * factor.Scale)];
            return scales;
        }

        /// <summary>Divides each channel's values; channels stand one behind the other.</summary>
        private static void Divide(Span<float> values, float[] factors)
        {
            int depth = values.Length / factors.Length;
            for (int k = 0; k < values.Length; k++) values[k] /= factors[k / depth];
        }
    }

    /// <summary>
    /// Which input channel a weight belongs to: weights lie channels innermost, except one by one in depthwise convolutions.
    /// </summary>
    private sealed record InputChannels(int? WeightsOfOne)
    {
        /// <summary>The rule for the stage's weights, or null when it has none, or others.</summary>
        public static InputChannels? Of(Network<float> network, Stage stage) =>
            stage is not { Weights: not null, Layers: [var number, ..] } ? null : network.Layers[number] switch
            {
                Conv2D<float> { Groups: 1 } or Conv1D<float> or FullyConnected<float> => new InputChannels((int?)null),
                DepthwiseConv2D<float> layer => new InputChannels(layer.Weights!.Length / layer.Input.Channels),
                _ => null,
            };

        public int ChannelOf(int weight, int channels) => WeightsOfOne is { } length ? weight / length : weight % channels;
    }
}
