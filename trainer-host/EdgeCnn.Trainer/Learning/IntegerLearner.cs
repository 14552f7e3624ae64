using System;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Trainer.Learning;

/// <summary>Learns as a device does, bit for bit.</summary>
/// <param name="model">A model opened to learn, with cross-entropy as its loss.</param>
public sealed class IntegerLearner(EdgeModel model) : ISampleLearner
{
    /// <inheritdoc/>
    public void Learn(Dataset images, int index)
    {
        ArgumentNullException.ThrowIfNull(images);
        model.SetPixels(images.Image(index));
        model.Learn(images.Labels[index]);
    }

    /// <inheritdoc/>
    public (double Accuracy, double Loss) Evaluate(Dataset images)
    {
        ArgumentNullException.ThrowIfNull(images);
        int correct = 0;
        double loss = 0;
        for (int i = 0; i < images.Count; i++)
        {
            model.SetPixels(images.Image(i));
            if (model.Evaluate(images.Labels[i]) == images.Labels[i]) correct++;
            loss += model.LastLoss;
        }
        return ((double)correct / images.Count, loss / images.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
