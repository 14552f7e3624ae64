using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Learning;

/// <summary>What learning in one layer alone brings, and takes.</summary>
/// <param name="Operator">Number of the layer's operator.</param>
/// <param name="Gain">By how much the loss on samples that it did not learn falls.</param>
/// <param name="Bytes">RAM of learning.</param>
public sealed record LayerGain(int Operator, double Gain, int Bytes);

/// <summary>
/// Chooses what learns by measured gain per byte: each layer alone learns some hundred samples of data such as the device will see, and the
/// fall of the loss on others is its gain. The layer whose gain is largest for the bytes that it adds to the plan is taken first, then the
/// next, as long as there is room; of a layer that does not fit, as many output channels as do.
/// </summary>
public sealed class AutomaticLayers
{
    private const int MostSamples = 300, MostTests = 300;

    private readonly byte[] _model;
    private readonly LearningSettings _settings;
    private readonly int _budget;

    /// <summary>Prepares the choice.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="budget">RAM in bytes, the arena of inference included.</param>
    public AutomaticLayers(ReadOnlySpan<byte> model, LearningSettings settings, int budget) =>
        (_model, _settings, _budget) = (model.ToArray(), settings, budget);

    /// <summary>What each layer brings, last first.</summary>
    public IReadOnlyList<LayerGain> Measure(Dataset data, Action<int, int> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(progress);
        int samples = Math.Min(MostSamples, data.Count * 2 / 3);
        if (samples < 1) throw new ExportException("too few samples to measure what learning brings; give at least two");
        Dataset learned = data.Slice(0, samples), tests = data.Slice(samples, Math.Min(MostTests, data.Count - samples));
        int[] layers = Candidates();
        List<LayerGain> gains = [];
        foreach (int layer in layers)
        {
            byte[] planned = Plan([Whole(layer)]);
            using var learner = new IntegerLearner(EdgeModel.Open(planned, new ModelOptions { Learns = true }));
            IReadOnlyList<CurvePoint> curve = new LearningCurve(learned, tests, samples, seed: 1).Run(learner, null, cancellation);
            gains.Add(new LayerGain(layer, curve[0].Loss - curve[^1].Loss, LearningMemory.Of(planned).TotalBytes));
            progress(gains.Count, layers.Length);
        }
        return gains;
    }

    /// <summary>The layers to learn.</summary>
    /// <exception cref="ExportException">There is no room for any.</exception>
    public LayerChoice Choose(IReadOnlyList<LayerGain> gains)
    {
        ArgumentNullException.ThrowIfNull(gains);
        List<LayerPart> chosen = [];
        List<LayerGain> left = [.. gains.Where(gain => gain.Gain > 0)];
        // Data that the model knows already say nothing; the last layer is the cheapest.
        if (left.Count == 0) left = [gains[0] with { Gain = 1 }];
        int used = gains.Min(gain => gain.Bytes) - 1;
        while (left.Count > 0)
        {
            (LayerGain gain, LayerPart part, int bytes)? best = null;
            foreach (LayerGain gain in left)
                if (Fitting(chosen, gain.Operator) is { } part)
                {
                    int bytes = Bytes([.. chosen, part]), channels = Whole(gain.Operator).Channels;
                    double worth = gain.Gain * part.Channels / channels / Math.Max(1, bytes - used);
                    if (best is null || worth > best.Value.gain.Gain * best.Value.part.Channels / Whole(best.Value.gain.Operator).Channels / Math.Max(1, best.Value.bytes - used))
                        best = (gain, part, bytes);
                }
            if (best is null) break;
            chosen.Add(best.Value.part);
            left.Remove(best.Value.gain);
            used = best.Value.bytes;
        }
        return chosen.Count > 0
            ? LayerChoice.Of([.. chosen.OrderBy(part => part.Operator)])
            : throw new ExportException($"no layer can learn in {_budget} bytes; the smallest plan needs {left.Min(gain => Bytes([new LayerPart(gain.Operator, 0, 1)]))}");
    }

    /// <summary>As many channels of a layer as fit besides what is chosen; null when none does.</summary>
    private LayerPart? Fitting(List<LayerPart> chosen, int layer)
    {
        int fits = 0, tooMany = Whole(layer).Channels + 1;
        while (tooMany - fits > 1)
        {
            int channels = tooMany == Whole(layer).Channels + 1 && fits == 0 ? tooMany - 1 : (fits + tooMany) / 2;
            if (Bytes([.. chosen, new LayerPart(layer, 0, channels)]) <= _budget) fits = channels;
            else tooMany = channels;
        }
        return fits == 0 ? null : new LayerPart(layer, 0, fits);
    }

    private int Bytes(List<LayerPart> parts) => LearningMemory.Of(Plan(parts)).TotalBytes;

    private byte[] Plan(List<LayerPart> parts) => LearningPlanner.Apply(_model, _settings with { Layers = LayerChoice.Of(parts) });

    private int[] Candidates() =>
        [.. LearningMemory.Of(LearningPlanner.Apply(_model, _settings with { Layers = LayerChoice.All })).Layers
            .Where(layer => layer.Weights > 0).Select(layer => layer.Operator)];

    private unsafe LayerPart Whole(int layer)
    {
        fixed (byte* p = _model) return new LayerPart(layer, 0, WeightedRows.OutputChannels(p, ModelFile.Operator(p, layer)));
    }
}
