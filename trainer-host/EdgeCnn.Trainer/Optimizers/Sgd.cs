using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum and weight decay: v ← momentum·v + gradient + weightDecay·w; w ← w − rate·v. Biases
/// don't decay.
/// </summary>
/// <param name="momentum">Share of the previous step that goes on, from 0 to 1.</param>
/// <param name="weightDecay">Strength of the pull to 0, the gradient of ½·weightDecay·w².</param>
[Kind("sgd")]
public sealed class Sgd<T>(double momentum = 0, double weightDecay = 0) : ElementwiseOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _momentum = T.CreateTruncating(Require.Within(momentum, 0, 1, nameof(momentum)));
    private readonly T _weightDecay = T.CreateTruncating(Require.AtLeast(weightDecay, 0, nameof(weightDecay)));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["velocity"];

    /// <inheritdoc/>
    public override void Update(UpdateRange<T> range) =>
        UpdateLoop.Run(range, new Rule(_momentum, range.Decays ? _weightDecay : T.Zero, range.Rate));

    private readonly struct Rule(T momentum, T decay, T rate) : IUpdateRule<T>
    {
        public static int Slots => 1;

        public void Apply(ref Vector256<T> w, Vector256<T> g, ref Vector256<T> v, ref Vector256<T> second)
        {
            v = Gemm.MultiplyAdd(Vector256.Create(momentum), v, Gemm.MultiplyAdd(Vector256.Create(decay), w, g));
            w = Gemm.MultiplyAdd(Vector256.Create(-rate), v, w);
        }
    }
}
