using System;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Learning;

/// <summary>Learns with plain SGD in single precision, every parameter that may train, from the weights that a model was quantized from: what integers are
/// measured against.</summary>
/// <param name="network">The float network, which changes.</param>
/// <param name="normalization">How it sees pixels.</param>
/// <param name="rate">Step size.</param>
public sealed class FloatLearner(Network<float> network, Normalization normalization, double rate) : ISampleLearner
{
    /// <inheritdoc/>
    public void Learn(Dataset images, int index)
    {
        ArgumentNullException.ThrowIfNull(images);
        // One sample is one training, so that the order is the caller's.
        using var loop = new TrainingLoop<float>(
            network, new SoftmaxCrossEntropy<float>(), new Sgd<float>(), new FixedRate(rate), normalization,
            new TrainingSettings(Batch: 1, Epochs: 1, Seed: 1));
        loop.Run(images.Select([index]));
    }

    /// <inheritdoc/>
    public (double Accuracy, double Loss) Evaluate(Dataset images)
    {
        ArgumentNullException.ThrowIfNull(images);
        Measurement measured = Evaluator.Measure(network, new SoftmaxCrossEntropy<float>(), images, normalization);
        return (measured.Accuracy, measured.Loss);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
