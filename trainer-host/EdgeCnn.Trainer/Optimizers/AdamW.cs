using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019): w ← w − rate·weightDecay·w, then a step of <see cref="Adam{T}"/>.
/// Biases don't decay.
/// </summary>
/// <param name="beta1">Share of the past in the mean of gradients, from 0 to below 1.</param>
/// <param name="beta2">Share of the past in the mean of their squares, from 0 to below 1.</param>
/// <param name="epsilon">Keeps the divisor from 0, above 0.</param>
/// <param name="weightDecay">Strength of the pull to 0, 0 or more.</param>
[Kind("adamW")]
public sealed class AdamW<T>(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
    : ElementwiseOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamMoments _moments = new(beta1, beta2, epsilon);
    private readonly T _weightDecay = T.CreateTruncating(Require.AtLeast(weightDecay, 0, nameof(weightDecay)));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots => AdamMoments.Slots;

    /// <inheritdoc/>
    public override void Update(UpdateRange<T> range) =>
        UpdateLoop.Run(range, _moments.RuleOf(range, range.Decays ? range.Rate * _weightDecay : T.Zero));
}
