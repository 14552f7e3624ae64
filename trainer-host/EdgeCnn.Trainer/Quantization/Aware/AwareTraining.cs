using System;
using System.Collections.Generic;
using System.Threading;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization.Aware;

/// <summary>
/// Quantization-aware training: goes on with a trained network while weights and activations are rounded as on a device, so that the
/// weights move to where rounding harms least.
/// </summary>
public static class AwareTraining
{
    /// <summary>Trains as the recipe says.</summary>
    /// <param name="recipe">A recipe whose quantization has <see cref="QuantizationRecipe.Aware"/>.</param>
    /// <param name="network">The trained network; its parameters change.</param>
    /// <param name="train">The training images.</param>
    /// <param name="seed">What the order of the images is drawn from.</param>
    /// <param name="threads">Threads to work with; the result is the same for any number.</param>
    /// <param name="progress">Called after every mini-batch.</param>
    /// <param name="epochEnded">Called after every epoch.</param>
    /// <param name="begin">Called with the training before it runs, which may restore what an interrupted one had come to.</param>
    /// <param name="cancellation">Ends the training between two mini-batches; the network is as before then.</param>
    /// <returns>The range of each stage's output, to be used in quantization.</returns>
    /// <exception cref="TrainingException">The loss is no number any more.</exception>
    public static IReadOnlyList<(double Min, double Max)> Run(
        Recipe recipe, Network<float> network, Dataset train, ulong seed, int threads = 1, IProgress<TrainingProgress>? progress = null,
        Action<EpochResult>? epochEnded = null, Action<TrainingLoop<float>>? begin = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(train);
        AwareRecipe settings = recipe.Quantization.Aware
            ?? throw new ArgumentException("The recipe has no quantization-aware training.", nameof(recipe));
        var twin = new AwareNetwork(network, recipe.CreateLayers<float>(), settings.Averaging);
        using var loop = new TrainingLoop<float>(
            twin.Network, recipe.CreateLoss<float>(), recipe.CreateOptimizer<float>(),
            new ScaledRate(recipe.CreateSchedule(), settings.Rate), recipe.Normalization,
            new TrainingSettings(Math.Min(recipe.Batch, train.Count), settings.Epochs, seed, null, threads)
            {
                Augmenter = recipe.CreateAugmenter(seed),
                Regularization = recipe.Regularization,
                StandIn = twin.FakeWeights(recipe.Quantization.Formats, settings.Freeze),
            })
        {
            EpochEnded = epochEnded,
        };
        begin?.Invoke(loop);
        loop.Run(train, progress, cancellation);
        twin.CopyBack();
        return twin.Ranges;
    }
}
