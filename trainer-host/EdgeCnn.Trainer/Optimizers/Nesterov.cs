using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// Nesterov's accelerated gradient in the form that takes the gradient at the present values (Sutskever et al., 2013):
/// v ← momentum·v + gradient; w ← w − rate·(gradient + momentum·v).
/// </summary>
/// <param name="momentum">Share of the previous step that goes on, from 0 to 1.</param>
[Kind("nesterov")]
public sealed class Nesterov<T>(double momentum = 0.9) : ElementwiseOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _momentum = T.CreateTruncating(Require.Within(momentum, 0, 1, nameof(momentum)));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Slots { get; } = ["velocity"];

    /// <inheritdoc/>
    public override void Update(UpdateRange<T> range) => UpdateLoop.Run(range, new Rule(_momentum, range.Rate));

    private readonly struct Rule(T momentum, T rate) : IUpdateRule<T>
    {
        public static int Slots => 1;

        public void Apply(ref Vector256<T> w, Vector256<T> g, ref Vector256<T> v, ref Vector256<T> second)
        {
            v = Gemm.MultiplyAdd(Vector256.Create(momentum), v, g);
            w = Gemm.MultiplyAdd(Vector256.Create(-rate), Gemm.MultiplyAdd(Vector256.Create(momentum), v, g), w);
        }
    }
}
