using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>AdaGrad (Duchi, Hazan and Singer, 2011): s ← s + gradient²; w ← w − rate·gradient/(√s + epsilon).</summary>
/// <param name="epsilon">Keeps the divisor from 0, above 0.</param>
[Kind("adaGrad")]
public sealed class AdaGrad<T>(double epsilon = 1e-10) : ElementwiseOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _epsilon = T.CreateTruncating(Require.Above(epsilon, 0, nameof(epsilon)));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["squares"];

    /// <inheritdoc/>
    public override void Update(UpdateRange<T> range) => UpdateLoop.Run(range, new Rule(_epsilon, range.Rate));

    private readonly struct Rule(T epsilon, T rate) : IUpdateRule<T>
    {
        public static int Slots => 1;

        public void Apply(ref Vector256<T> w, Vector256<T> g, ref Vector256<T> squares, ref Vector256<T> second)
        {
            squares += g * g;
            w -= Vector256.Create(rate) * g / (Vector256.Sqrt(squares) + Vector256.Create(epsilon));
        }
    }
}
