using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// AdaDelta (Zeiler, 2012): s ← decay·s + (1 − decay)·gradient²; Δ = √(u + epsilon)/√(s + epsilon)·gradient;
/// u ← decay·u + (1 − decay)·Δ²; w ← w − rate·Δ. The paper's rate is 1.
/// </summary>
/// <param name="decay">Share of the past in the running means, from 0 to 1.</param>
/// <param name="epsilon">What starts the steps and keeps the divisor from 0, above 0.</param>
[Kind("adaDelta")]
public sealed class AdaDelta<T>(double decay = 0.9, double epsilon = 1e-6) : ElementwiseOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _decay = T.CreateTruncating(Require.Within(decay, 0, 1, nameof(decay)));
    private readonly T _fresh = T.CreateTruncating(1 - decay);
    private readonly T _epsilon = T.CreateTruncating(Require.Above(epsilon, 0, nameof(epsilon)));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["squares", "squaredSteps"];

    /// <inheritdoc/>
    public override void Update(UpdateRange<T> range) => UpdateLoop.Run(range, new Rule(_decay, _fresh, _epsilon, range.Rate));

    private readonly struct Rule(T decay, T share, T epsilon, T rate) : IUpdateRule<T>
    {
        public static int Slots => 2;

        public void Apply(ref Vector256<T> w, Vector256<T> g, ref Vector256<T> squares, ref Vector256<T> steps)
        {
            Vector256<T> old = Vector256.Create(decay), fresh = Vector256.Create(share), floor = Vector256.Create(epsilon);
            squares = old * squares + fresh * g * g;
            var step = Vector256.Sqrt(steps + floor) / Vector256.Sqrt(squares + floor) * g;
            steps = old * steps + fresh * step * step;
            w -= Vector256.Create(rate) * step;
        }
    }
}
