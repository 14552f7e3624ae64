using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
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

    NormalizationLoops<T> IJoinsNormalization<T>.Loops { get; } = new ActivatedNormalization<T, Function>();

    /// <summary>The function, for the vectors of an <see cref="Activation{T, TFormula}"/>.</summary>
    public readonly struct Formula : IActivationFunction<T>
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Value(Vector256<T> x) => Function.Value(new Register256<T>(x)).Vector;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Backward(Vector256<T> y, Vector256<T> delta) =>
            Function.Backward(new Register256<T>(y), new Register256<T>(delta)).Vector;
    }

    /// <summary>The function.</summary>
    internal readonly struct Function : INormalizedFunction<T>
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TRegister Value<TRegister>(TRegister x)
            where TRegister : unmanaged, IRegister<TRegister, T> =>
            TRegister.WhereLess(x, TRegister.All(T.Zero), TRegister.All(T.Zero), x);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TRegister Backward<TRegister>(TRegister x, TRegister delta)
            where TRegister : unmanaged, IRegister<TRegister, T> =>
            TRegister.WhereLess(TRegister.All(T.Zero), x, delta, TRegister.All(T.Zero));
    }
}
