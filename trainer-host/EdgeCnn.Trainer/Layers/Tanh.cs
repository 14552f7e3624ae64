using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Hyperbolic tangent: y = tanh x; ∂y/∂x = 1 − y².</summary>
[Kind("tanh")]
public sealed class Tanh<T> : Activation<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Tanh<T>(), new(3, 5, 2))];

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work) => ActivationLoop<T, Function>.Forward(work, Input.Length);

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work) => ActivationLoop<T, Function>.Backward(work, Input.Length);

    private readonly struct Function : IActivationFunction<T>
    {
        public static unsafe Vector256<T> Value(Vector256<T> x) =>
            Lanes.Map(x, &Elementary.Tanh);

        public static Vector256<T> Backward(Vector256<T> y, Vector256<T> delta) =>
            delta * (Vector256<T>.One - y * y);
    }
}
