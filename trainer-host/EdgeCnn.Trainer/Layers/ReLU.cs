using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Rectifier: y = max(x, 0); ∂y/∂x = 1 where y &gt; 0, else 0. NaN stays NaN.</summary>
[Kind("relu")]
public sealed class ReLU<T> : Activation<T, ReLU<T>.Formula>, IHasExamples<T>, IJoinsNormalization<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new ReLU<T>(), new(3, 5, 2))];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new ClampForm(0, double.PositiveInfinity);

    NormalizationLoops<T> IJoinsNormalization<T>.Loops { get; } = new NormalizationLoops<T, Formula>();

    /// <summary>The function.</summary>
    public readonly struct Formula : IActivationFunction<T>
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Value(Vector256<T> x) =>
            Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), Vector256<T>.Zero, x);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Backward(Vector256<T> y, Vector256<T> delta) => Vector256.GreaterThan(y, Vector256<T>.Zero) & delta;
    }
}
