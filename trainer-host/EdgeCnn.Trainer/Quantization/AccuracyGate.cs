using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>What a model may lose by becoming integers.</summary>
public sealed class AccuracyGate
{
    /// <summary>A gate.</summary>
    /// <param name="drop">Percent points of the test images' accuracy.</param>
    public AccuracyGate(double drop) => Drop = Require.Within(drop, 0, 100, nameof(drop));

    /// <summary>Percent points that may be lost.</summary>
    public double Drop { get; }
}
