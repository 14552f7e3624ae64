using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>The range of the numbers that each stage writes, for the stages whose quantization is made of it.</summary>
public static class ActivationRanges
{
    private const int BatchSize = 50;

    /// <summary>Measures the ranges on images.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stages">Its stages.</param>
    /// <param name="normalization">How pixels became the network's inputs.</param>
    /// <param name="images">Images like those that the network will see; a few hundred suffice.</param>
    /// <param name="newObserver">Makes the observer of one tensor's range.</param>
    /// <returns>Per stage its range; of no meaning for stages that are not observed.</returns>
    /// <exception cref="ExportException">There are no images.</exception>
    public static (double Min, double Max)[] Measure(
        Network<float> network, IReadOnlyList<Stage> stages, Normalization normalization, Dataset images, Func<RangeObserver> newObserver)
    {
        RangeObserver[] observers = [.. stages.Select(_ => newObserver())];
        ForEachBatch(network, normalization, images, pass =>
        {
            for (int i = 0; i < stages.Count; i++)
                if (stages[i].IsObserved) observers[i].Observe(pass.Activation(stages[i].Tensor));
        });
        return [.. stages.Select((stage, i) => stage.IsObserved ? observers[i].Range : default)];
    }

    /// <summary>Shows the outputs of all layers, some images at a time.</summary>
    internal static void ForEachBatch(
        Network<float> network, Normalization normalization, Dataset images, Action<NetworkPass<float>> look)
    {
        if (images.Count == 0) throw new ExportException("calibration needs at least one image");
        float[] table = normalization.Table<float>();
        var pass = new NetworkPass<float>(network, BatchSize, PassPurpose.Inspect);
        for (int first = 0; first < images.Count; first += BatchSize)
        {
            int count = Math.Min(BatchSize, images.Count - first), length = network.Input.Length;
            Normalization.Apply<float>(images.Pixels.Slice(first * length, count * length), table, pass.Input);
            pass.Forward(count);
            look(pass);
        }
    }
}
