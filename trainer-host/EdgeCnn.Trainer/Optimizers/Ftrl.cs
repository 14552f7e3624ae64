using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// FTRL-proximal with a rate per coordinate (McMahan et al., <i>Ad click prediction: a view from the trenches</i>, 2013, algorithm 1),
/// which keeps values at exactly 0 while |z| ≤ l1: σ = (√(n + gradient²) − √n)/rate; z ← z + gradient − σ·w; n ← n + gradient²;
/// w = 0 where |z| ≤ l1, else −(z − sign(z)·l1)/((beta + √n)/rate + l2).
/// </summary>
/// <remarks>The paper's values start at 0. Here z starts so that the formula gives the values that the initializers drew.</remarks>
/// <param name="beta">Holds the first steps back, above 0.</param>
/// <param name="l1">Width of the zone of zeros, 0 or more.</param>
/// <param name="l2">Pull to 0, 0 or more.</param>
[Kind("ftrl")]
public sealed class Ftrl<T>(double beta = 1, double l1 = 0, double l2 = 0) : ElementwiseOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _beta = T.CreateTruncating(Require.Above(beta, 0, nameof(beta)));
    private readonly T _l1 = T.CreateTruncating(Require.AtLeast(l1, 0, nameof(l1)));
    private readonly T _l2 = T.CreateTruncating(Require.AtLeast(l2, 0, nameof(l2)));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["z", "squares"];

    /// <inheritdoc/>
    public override void Update(UpdateRange<T> range)
    {
        if (range.Step == 1)
            Start(range);
        UpdateLoop.Run(range, new Rule(_beta, _l1, _l2, range.Rate));
    }

    /// <summary>z = −w·(beta/rate + l2) − sign(w)·l1, which the formula of w turns back into w while n is 0.</summary>
    private void Start(UpdateRange<T> range)
    {
        var z = range.Slot(0);
        for (var i = 0; i < z.Length; i++)
        {
            var w = range.Values[i];
            z[i] = T.IsZero(w) ? T.Zero : -(w * (_beta / range.Rate + _l2)) - T.CopySign(_l1, w);
        }
    }

    private readonly struct Rule(T beta, T l1, T l2, T rate) : IUpdateRule<T>
    {
        public static int Slots => 2;

        public void Apply(ref Vector256<T> w, Vector256<T> g, ref Vector256<T> z, ref Vector256<T> squares)
        {
            var root = Vector256.Sqrt(squares);
            squares += g * g;
            var newRoot = Vector256.Sqrt(squares);
            z += g - (newRoot - root) / Vector256.Create(rate) * w;
            var strength = (Vector256.Create(beta) + newRoot) / Vector256.Create(rate) + Vector256.Create(l2);
            var threshold = Vector256.Create(l1);
            w = (Vector256.GreaterThan(z, threshold) & ((threshold - z) / strength))
                | (Vector256.LessThan(z, -threshold) & ((-threshold - z) / strength));
        }
    }
}
