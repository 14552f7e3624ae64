using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Leaky rectifier (Maas, Hannun and Ng, 2013): y = x where x ≥ 0, else slope·x; ∂y/∂x = 1 or slope.</summary>
/// <param name="slope">Slope below 0, from 0 to 1.</param>
[Kind("leakyRelu")]
public sealed class LeakyReLU<T>(double slope = 0.01) : Pointwise<T, LeakyReLU<T>.Formula>(new(slope)), IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
        [new(new LeakyReLU<T>(), new(3, 5, 2)), new(new LeakyReLU<T>(0.3), new(2, 2, 1))];

    /// <summary>Slope below 0.</summary>
    public double Slope => slope;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => FunctionForm.Nearest(x => x < 0 ? slope * x : x);

    /// <summary>The function.</summary>
    /// <param name="slope">Slope below 0.</param>
    public readonly struct Formula(double slope) : IPointwiseFunction<T>
    {
        private readonly T _slope = T.CreateTruncating(Require.Within(slope, 0, 1, nameof(slope)));

        /// <inheritdoc/>
        public Vector256<T> Value(Vector256<T> x) =>
            Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), Vector256.Create(_slope) * x, x);

        /// <inheritdoc/>
        public Vector256<T> Backward(Vector256<T> x, Vector256<T> delta) =>
            Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), Vector256.Create(_slope) * delta, delta);
    }
}
