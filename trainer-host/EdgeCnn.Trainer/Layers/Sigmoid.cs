using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Logistic sigmoid: y = 1/(1 + e⁻ˣ); ∂y/∂x = y·(1 − y).</summary>
[Kind("sigmoid")]
public sealed class Sigmoid<T> : Activation<T, Sigmoid<T>.Formula>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Sigmoid<T>(), new(3, 5, 2))];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new FunctionForm(QuantizationParameters.Probability, LookupTable.Logistic);

    /// <summary>The function.</summary>
    public readonly struct Formula : IActivationFunction<T>
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe Vector256<T> Value(Vector256<T> x) => Lanes.Map(x, &Elementary.Sigmoid);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Backward(Vector256<T> y, Vector256<T> delta) => delta * y * (Vector256<T>.One - y);
    }
}
