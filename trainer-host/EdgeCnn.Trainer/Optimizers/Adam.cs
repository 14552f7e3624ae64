using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// Adam (Kingma and Ba, 2015): m ← β₁·m + (1 − β₁)·gradient; v ← β₂·v + (1 − β₂)·gradient²;
/// w ← w − rate·(m/(1 − β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + epsilon) in step t, from 1.
/// </summary>
/// <param name="beta1">Share of the past in the mean of gradients, from 0 to below 1.</param>
/// <param name="beta2">Share of the past in the mean of their squares, from 0 to below 1.</param>
/// <param name="epsilon">Keeps the divisor from 0, above 0.</param>
[Kind("adam")]
public sealed class Adam<T>(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) : ElementwiseOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamMoments _moments = new(beta1, beta2, epsilon);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots => AdamMoments.Slots;

    /// <inheritdoc/>
    public override void Update(UpdateRange<T> range) => UpdateLoop.Run(range, _moments.RuleOf(range, T.Zero));
}
