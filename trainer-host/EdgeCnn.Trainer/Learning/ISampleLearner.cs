using System;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Trainer.Learning;

/// <summary>Learns one sample after the other.</summary>
public interface ISampleLearner : IDisposable
{
    /// <summary>Learns image <paramref name="index"/>.</summary>
    void Learn(Dataset images, int index);

    /// <summary>Share of images that it knows, and their mean loss.</summary>
    (double Accuracy, double Loss) Evaluate(Dataset images);
}
