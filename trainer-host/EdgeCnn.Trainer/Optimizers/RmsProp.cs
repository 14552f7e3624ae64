using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// RMSProp (Tieleman and Hinton, <i>Neural networks for machine learning</i>, lecture 6, 2012) with momentum:
/// s ← decay·s + (1 − decay)·gradient²; v ← momentum·v + gradient/(√s + epsilon); w ← w − rate·v.
/// </summary>
/// <param name="decay">Share of the past in the running mean of squares, from 0 to 1.</param>
/// <param name="epsilon">Keeps the divisor from 0, above 0.</param>
/// <param name="momentum">Share of the previous step that goes on, from 0 to 1.</param>
[Kind("rmsProp")]
public sealed class RmsProp<T>(double decay = 0.99, double epsilon = 1e-8, double momentum = 0) : ElementwiseOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _decay = T.CreateTruncating(Require.Within(decay, 0, 1, nameof(decay)));
    private readonly T _fresh = T.CreateTruncating(1 - decay);
    private readonly T _epsilon = T.CreateTruncating(Require.Above(epsilon, 0, nameof(epsilon)));
    private readonly T _momentum = T.CreateTruncating(Require.Within(momentum, 0, 1, nameof(momentum)));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["squares", "velocity"];

    /// <inheritdoc/>
    public override void Update(UpdateRange<T> range) => UpdateLoop.Run(range, new Rule(_decay, _fresh, _epsilon, _momentum, range.Rate));

    private readonly struct Rule(T decay, T fresh, T epsilon, T momentum, T rate) : IUpdateRule<T>
    {
        public static int Slots => 2;

        public void Apply(ref Vector256<T> w, Vector256<T> g, ref Vector256<T> squares, ref Vector256<T> velocity)
        {
            squares = Vector256.Create(decay) * squares + Vector256.Create(fresh) * g * g;
            velocity = Vector256.Create(momentum) * velocity + g / (Vector256.Sqrt(squares) + Vector256.Create(epsilon));
            w -= Vector256.Create(rate) * velocity;
        }
    }
}
