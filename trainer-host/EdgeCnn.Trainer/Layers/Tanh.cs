using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Hyperbolic tangent: y = tanh x; ∂y/∂x = 1 − y².</summary>
[Kind("tanh")]
public sealed class Tanh<T> : Activation<T, Tanh<T>.Formula>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Tanh<T>(), new(3, 5, 2))];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new FunctionForm(QuantizationParameters.SignedUnit, LookupTable.Tanh);

    /// <summary>The function.</summary>
    public readonly struct Formula : IActivationFunction<T>
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe Vector256<T> Value(Vector256<T> x) => Lanes.Map(x, &Elementary.Tanh);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Backward(Vector256<T> y, Vector256<T> delta) => delta * (Vector256<T>.One - y * y);
    }
}
