using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Gaussian error linear unit (Hendrycks and Gimpel, 2016): y = x·Φ(x), Φ the normal distribution ½(1 + erf(x/√2));
/// ∂y/∂x = Φ(x) + x·φ(x), φ(x) = e^(−x²/2)/√(2π).
/// </summary>
[Kind("gelu")]
public sealed class Gelu<T>() : Pointwise<T, Gelu<T>.Formula>(default), IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Gelu<T>(), new(3, 5, 2))];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => FunctionForm.Nearest(x => x * Gelu.Phi(x));

    /// <summary>The function.</summary>
    public readonly struct Formula : IPointwiseFunction<T>
    {
        /// <inheritdoc/>
        public unsafe Vector256<T> Value(Vector256<T> x) => x * Lanes.Map(x, &Gelu.Phi);

        /// <inheritdoc/>
        public unsafe Vector256<T> Backward(Vector256<T> x, Vector256<T> delta) => delta * Lanes.Map(x, &Gelu.Slope);
    }
}

internal static class Gelu
{
    /// <summary>The normal distribution.</summary>
    public static T Phi<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (T.One + Elementary.Erf(x * T.CreateTruncating(0.70710678118654752))) / T.CreateTruncating(2);

    /// <summary>The derivative of x·Φ(x).</summary>
    public static T Slope<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Phi(x) + x * Elementary.Exp(-(x * x) / T.CreateTruncating(2)) * T.CreateTruncating(0.39894228040143268);
}
