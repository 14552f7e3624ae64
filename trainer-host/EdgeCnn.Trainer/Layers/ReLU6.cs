using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
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
        private static T Six => T.CreateTruncating(6);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TRegister Value<TRegister>(TRegister x)
            where TRegister : unmanaged, IRegister<TRegister, T> =>
            TRegister.WhereLess(TRegister.All(Six), Above0(x), TRegister.All(Six), Above0(x));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TRegister Backward<TRegister>(TRegister x, TRegister delta)
            where TRegister : unmanaged, IRegister<TRegister, T> =>
            TRegister.WhereLess(
                TRegister.All(T.Zero), x, TRegister.WhereLess(x, TRegister.All(Six), delta, TRegister.All(T.Zero)), TRegister.All(T.Zero));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TRegister Above0<TRegister>(TRegister x)
            where TRegister : unmanaged, IRegister<TRegister, T> =>
            TRegister.WhereLess(x, TRegister.All(T.Zero), TRegister.All(T.Zero), x);
    }
}
