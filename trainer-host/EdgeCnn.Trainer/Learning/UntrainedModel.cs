using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Learning;

/// <summary>
/// A model whose weights are random, for training from scratch in integers. Its scales stay as they are made here, so they leave room:
/// weights begin with the whole range of an int8 and rarely want more, activations grow. The initializers should keep activations at one
/// size from layer to layer (He et al., 2015), or those of later layers outgrow their scale.
/// </summary>
public static class UntrainedModel
{
    /// <summary>How much larger activations may grow than they are before training.</summary>
    private const double Headroom = 4;

    /// <summary>Largest logit: e^−48 between two of them is certainty.</summary>
    private const double LargestLogit = 24;

    /// <summary>The model before its first step; it learns nothing yet (<see cref="LearningPlanner"/>).</summary>
    /// <param name="recipe">The network, its initializers, and how it is quantized.</param>
    /// <param name="seed">What the weights are drawn from.</param>
    /// <param name="images">Images that show how large activations are.</param>
    /// <exception cref="ExportException">A layer has no integer operator.</exception>
    public static byte[] Make(Recipe recipe, ulong seed, Dataset images)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(images);
        Network<float> network = recipe.CreateNetwork<float>();
        network.Initialize(seed);
        IReadOnlyList<Stage> stages = Stage.Of(network);
        Dataset calibration = images.Slice(0, Math.Min(recipe.Quantization.CalibrationImages, images.Count));
        (double Min, double Max)[] ranges =
            [.. ActivationRanges.Measure(network, stages, recipe.Normalization, calibration, recipe.Quantization.CreateObserver)
                .Select(range => (Headroom * range.Min, Headroom * range.Max))];
        ranges[^1] = (-LargestLogit, LargestLogit);
        return ModelExport.ToBytes(recipe, network, images, ranges);
    }
}
