using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Hard sigmoid: y = clamp(x + 3, 0, 6)/6; ∂y/∂x = 1/6 where −3 &lt; x &lt; 3, else 0.</summary>
[Kind("hardSigmoid")]
public sealed class HardSigmoid<T>() : Pointwise<T, HardSigmoid<T>.Formula>(default), IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new HardSigmoid<T>(), new(3, 5, 2))];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => FunctionForm.Nearest(x => Math.Clamp(x + 3, 0, 6) / 6);

    /// <summary>The function.</summary>
    public readonly struct Formula : IPointwiseFunction<T>
    {
        private static Vector256<T> Three => Vector256.Create(T.CreateTruncating(3));

        private static Vector256<T> Six => Vector256.Create(T.CreateTruncating(6));

        /// <inheritdoc/>
        public Vector256<T> Value(Vector256<T> x) => Vector256.Min(Vector256.Max(x + Three, Vector256<T>.Zero), Six) / Six;

        /// <inheritdoc/>
        public Vector256<T> Backward(Vector256<T> x, Vector256<T> delta) => Vector256.LessThan(Vector256.Abs(x), Three) & (delta / Six);
    }
}
