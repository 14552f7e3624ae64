using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Quantization.Aware;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// Takes from the biases what rounded weights add to the mean of each channel: b ← b − (E[W̃·x̃] − E[W·x]) (Nagel et al., Data-Free
/// Quantization Through Weight Equalization and Bias Correction, 2019, with means over calibration images).
/// </summary>
public static class BiasCorrection
{
    /// <summary>The stages with corrected biases; the network stays as it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="formats">What its weights will be in integers.</param>
    /// <param name="normalization">How pixels became the network's inputs.</param>
    /// <param name="images">Calibration images.</param>
    public static IReadOnlyList<Stage> Correct(Network<float> network, WeightFormats formats, Normalization normalization, Dataset images)
    {
        ArgumentNullException.ThrowIfNull(network);
        (int Stage, int Layer, WeightFormat Format)[] weighted = [.. FakeWeights.Of(network, Stage.Of(network), formats)];
        int[] layers = [.. weighted.Select(entry => entry.Layer)];
        float[][] own = [.. layers.Select(layer => network.Layers[layer].Bias!.Values.ToArray())];
        double[][] expected = Means(network, layers, normalization, images);
        var rounded = new FakeWeights(network, weighted.Select(entry => (entry.Layer, entry.Format)));
        rounded.Enter(1);
        // One after the other: each sees what the corrections before it have left.
        for (int i = 0; i < layers.Length; i++)
        {
            double[] shifted = Means(network, layers, normalization, images)[i];
            Span<float> bias = network.Layers[layers[i]].Bias!.Values;
            for (int c = 0; c < bias.Length; c++) bias[c] -= (float)(shifted[c] - expected[i][c]);
        }
        rounded.Leave();
        IReadOnlyList<Stage> corrected = Stage.Of(network);
        for (int i = 0; i < layers.Length; i++) own[i].CopyTo(network.Layers[layers[i]].Bias!.Values);
        network.WeightsChanged();
        return corrected;
    }

    /// <summary>Per layer the mean of each output channel, before any activation.</summary>
    private static double[][] Means(Network<float> network, int[] layers, Normalization normalization, Dataset images)
    {
        double[][] sums = [.. layers.Select(layer => new double[network.Layers[layer].Output.Channels])];
        long[] counts = new long[layers.Length];
        ActivationRanges.ForEachBatch(network, normalization, images, pass =>
        {
            for (int i = 0; i < layers.Length; i++)
            {
                ReadOnlySpan<float> values = pass.Activation(layers[i]);
                for (int k = 0; k < values.Length; k++) sums[i][k % sums[i].Length] += values[k];
                counts[i] += values.Length / sums[i].Length;
            }
        });
        for (int i = 0; i < layers.Length; i++)
            foreach (ref double sum in sums[i].AsSpan()) sum /= counts[i];
        return sums;
    }
}
