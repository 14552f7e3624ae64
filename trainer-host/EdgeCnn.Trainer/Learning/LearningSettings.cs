namespace EdgeCnn.Trainer.Learning;

/// <summary>How a model is to learn on the device. All of it is folded into integers of the LEARN section.</summary>
public sealed record LearningSettings
{
    /// <summary>Step size of plain SGD in real units, per sample.</summary>
    public double Rate { get; init; } = 0.005;

    /// <summary>Which layers learn.</summary>
    public LayerChoice Layers { get; init; } = LayerChoice.All;

    /// <summary>What is minimized.</summary>
    public LearningLoss Loss { get; init; } = LearningLoss.CrossEntropy;

    /// <summary>Bits of a weight behind its int8 point, 0 to 8: with fewer, small steps are left to chance more.</summary>
    public int FractionBits { get; init; } = LearnFile.MaxFractionBits;

    /// <summary>Share of the last step that the next one keeps, 0 to below 1. Takes four bytes more for every weight.</summary>
    public double Momentum { get; init; }

    /// <summary>Weight decay: what a step takes from each weight besides, as a share of rate · weight (L2 regularization). Biases do not
    /// decay.</summary>
    public double Decay { get; init; }

    /// <summary>Samples whose gradients are averaged before the weights change. More than one takes four bytes more for every
    /// weight.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Seed of the rounding.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>The losses that a device can minimize.</summary>
public enum LearningLoss
{
    /// <summary>Softmax and cross-entropy, for labels or probabilities.</summary>
    CrossEntropy = LearnFile.CrossEntropy,

    /// <summary>Half the squared error, for any target.</summary>
    SquaredError = LearnFile.SquaredError,
}
