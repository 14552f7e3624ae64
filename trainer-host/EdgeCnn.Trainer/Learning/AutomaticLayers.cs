using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Learning;

/// <summary>What learning in one layer more brings, and takes.</summary>
/// <param name="Operator">Number of the layer's operator.</param>
/// <param name="Gain">By how much the loss on samples that were not learned falls.</param>
/// <param name="Bytes">RAM of inference and learning with it.</param>
public sealed record LayerGain(int Operator, double Gain, int Bytes);

/// <summary>
/// Chooses what learns by measured gain per byte: some hundred samples of data such as the device will see are learned with each layer that
/// is left beside those that are chosen; by how much the loss on others is lower than with those alone is its gain. The layer whose gain is
/// largest for the bytes that it adds is chosen, and so on, while there is room and a gain; of a layer that does not fit, as many output
/// channels as do.
/// </summary>
public sealed class AutomaticLayers
{
    private const int MostSamples = 300, MostTests = 200;

    private readonly byte[] _model;
    private readonly LearningSettings _settings;
    private readonly int _budget;

    /// <summary>Prepares the choice.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="budget">RAM in bytes, the arena of inference included.</param>
    public AutomaticLayers(ReadOnlySpan<byte> model, LearningSettings settings, int budget) =>
        (_model, _settings, _budget) = (model.ToArray(), settings, budget);

    /// <summary>The layers to learn.</summary>
    /// <param name="data">Samples such as the device will see.</param>
    /// <param name="seen">Told what was measured.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ExportException">There is no room for any, or there are too few samples.</exception>
    public LayerChoice Choose(Dataset data, Action<LayerGain> seen, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(seen);
        int samples = Math.Min(MostSamples, data.Count * 2 / 3);
        if (samples < 1) throw new ExportException("too few samples to measure what learning brings; give at least two");
        Dataset learned = data.Slice(0, samples), tests = data.Slice(samples, Math.Min(MostTests, data.Count - samples));
        List<LayerPart> chosen = [];
        List<int> left = [.. Candidates()];
        int used = 0;
        double loss = double.NaN;
        while (left.Count > 0)
        {
            (LayerPart Part, int Bytes, double Loss, double Worth) best = (new LayerPart(-1, 0, 0), 0, 0, double.NegativeInfinity);
            foreach (int layer in left)
            {
                if (Fitting(chosen, layer) is not { } part) continue;
                byte[] planned = Plan([.. chosen, part]);
                int bytes = LearningMemory.Of(planned).TotalBytes;
                using var learner = new IntegerLearner(EdgeModel.Open(planned, new ModelOptions { Learns = true }));
                IReadOnlyList<CurvePoint> curve = new LearningCurve(learned, tests, samples, seed: 1).Run(learner, null, cancellation);
                double gain = (double.IsNaN(loss) ? curve[0].Loss : loss) - curve[^1].Loss;
                seen(new LayerGain(layer, gain, bytes));
                double worth = gain / Math.Max(1, bytes - used);
                if (worth > best.Worth) best = (part, bytes, curve[^1].Loss, worth);
            }
            // The first is taken in any case: data that the model knows already show no gain.
            if (best.Part.Operator < 0 || (best.Worth <= 0 && chosen.Count > 0)) break;
            chosen.Add(best.Part);
            left.Remove(best.Part.Operator);
            (used, loss) = (best.Bytes, best.Loss);
        }
        return chosen.Count > 0
            ? LayerChoice.Of([.. chosen.OrderBy(part => part.Operator)])
            : throw new ExportException(
                $"no layer can learn in {_budget} bytes; the smallest plan needs {left.Min(layer => Bytes([new LayerPart(layer, 0, 1)]))}");
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
