using System;
using System.Numerics;

namespace EdgeCnn.Trainer.Losses;

/// <summary>
/// What training makes small. Losses are defined per sample; the loss of a batch is the sum over its samples, and a training step
/// divides that
/// gradient by the number of samples, so that a learning rate means the same for every batch size.
/// </summary>
public abstract class Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The loss of one sample and its gradient.</summary>
    /// <param name="output">What the network says, y.</param>
    /// <param name="target">What it should say, t, of the same length.</param>
    /// <param name="gradient">Receives ∂loss/∂y.</param>
    /// <returns>The loss of the sample.</returns>
    public abstract T Evaluate(ReadOnlySpan<T> output, ReadOnlySpan<T> target, Span<T> gradient);
}
