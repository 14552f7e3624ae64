using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Hard swish (Howard et al., <i>Searching for MobileNetV3</i>, 2019): y = x·clamp(x + 3, 0, 6)/6; ∂y/∂x = 0 below −3, 1 above 3, and
/// (2x + 3)/6 between.
/// </summary>
[Kind("hardSwish")]
public sealed class HardSwish<T>() : Pointwise<T, HardSwish<T>.Formula>(default), IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new HardSwish<T>(), new(3, 5, 2))];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => FunctionForm.Nearest(x => x * Math.Clamp(x + 3, 0, 6) / 6);

    /// <summary>The function.</summary>
    public readonly struct Formula : IPointwiseFunction<T>
    {
        private static Vector256<T> Three => Vector256.Create(T.CreateTruncating(3));

        private static Vector256<T> Six => Vector256.Create(T.CreateTruncating(6));

        /// <inheritdoc/>
        public Vector256<T> Value(Vector256<T> x) => x * Vector256.Min(Vector256.Max(x + Three, Vector256<T>.Zero), Six) / Six;

        /// <inheritdoc/>
        public Vector256<T> Backward(Vector256<T> x, Vector256<T> delta)
        {
            var between = (x + x + Three) / Six * delta;
            var above = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Three), delta, between);
            return Vector256.ConditionalSelect(Vector256.LessThan(x, -Three), Vector256<T>.Zero, above);
        }
    }
}
