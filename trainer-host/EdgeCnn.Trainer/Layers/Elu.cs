using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Exponential linear unit (Clevert, Unterthiner and Hochreiter, 2016): y = x where x ≥ 0, else alpha·(eˣ − 1); ∂y/∂x = 1 or alpha·eˣ.
/// </summary>
/// <param name="alpha">Minus the limit for x → −∞, above 0.</param>
[Kind("elu")]
public sealed class Elu<T>(double alpha = 1) : Pointwise<T, Elu<T>.Formula>(new(alpha)), IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Elu<T>(), new(3, 5, 2)), new(new Elu<T>(0.5), new(2, 2, 1))];

    /// <summary>What values below 0 approach, negated.</summary>
    public double Alpha => alpha;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => FunctionForm.Nearest(x => x < 0 ? alpha * (Elementary.Exp(x) - 1) : x);

    /// <summary>The function.</summary>
    /// <param name="alpha">Minus the limit for x → −∞.</param>
    public readonly struct Formula(double alpha) : IPointwiseFunction<T>
    {
        private readonly T _alpha = T.CreateTruncating(Require.Above(alpha, 0, nameof(alpha)));

        /// <inheritdoc/>
        public unsafe Vector256<T> Value(Vector256<T> x)
        {
            var below = Vector256.Create(_alpha) * (Lanes.Map(Vector256.Min(x, Vector256<T>.Zero), &Elementary.Exp) - Vector256<T>.One);
            return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), below, x);
        }

        /// <inheritdoc/>
        public unsafe Vector256<T> Backward(Vector256<T> x, Vector256<T> delta)
        {
            var below = Vector256.Create(_alpha) * Lanes.Map(Vector256.Min(x, Vector256<T>.Zero), &Elementary.Exp) * delta;
            return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), below, delta);
        }
    }
}
