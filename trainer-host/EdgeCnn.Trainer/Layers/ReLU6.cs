using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Rectifier clamped at 6: y = min(max(x, 0), 6); ∂y/∂x = 1 where 0 &lt; y &lt; 6, else 0. NaN stays NaN.</summary>
[Kind("relu6")]
public sealed class ReLU6<T> : Activation<T, ReLU6<T>.Formula>, IHasExamples<T>, IJoinsNormalization<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new ReLU6<T>(), new(3, 5, 2))];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new ClampForm(0, 6);

    NormalizationLoops<T> IJoinsNormalization<T>.Loops { get; } = new NormalizationLoops<T, Formula>();

    /// <summary>The function.</summary>
    public readonly struct Formula : IActivationFunction<T>
    {
        private static Vector256<T> Six => Vector256.Create(T.CreateTruncating(6));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Value(Vector256<T> x)
        {
            var low = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), Vector256<T>.Zero, x);
            return Vector256.ConditionalSelect(Vector256.GreaterThan(low, Six), Six, low);
        }

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Backward(Vector256<T> y, Vector256<T> delta) =>
            Vector256.GreaterThan(y, Vector256<T>.Zero) & Vector256.LessThan(y, Six) & delta;
    }
}
