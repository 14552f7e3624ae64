using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>A function of single values whose derivative is known from its result.</summary>
public interface IActivationFunction<T>
    where T : unmanaged
{
    /// <summary>y = f(x), lane by lane.</summary>
    static abstract Vector256<T> Value(Vector256<T> x);

    /// <summary>δ · f′(x), from y = f(x), lane by lane.</summary>
    static abstract Vector256<T> Backward(Vector256<T> y, Vector256<T> delta);
}

/// <summary>
/// A layer that applies a function to every value. It runs in place, and in whole vectors, the last of which hangs over into the
/// slack behind the
/// values.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
/// <typeparam name="TFormula">The function: a struct, so that the loops are compiled for it.</typeparam>
public abstract unsafe class Activation<T, TFormula> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFormula : struct, IActivationFunction<T>
{
    /// <inheritdoc/>
    public sealed override bool RunsInPlace => true;

    /// <inheritdoc/>
    public sealed override bool BackwardReadsOutput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Forward(LayerWorkspace<T> work)
    {
        var total = (nint)work.Count * Input.Length;
        for (nint i = 0; i < total; i += Vector256<T>.Count)
            TFormula.Value(Vector256.Load(work.Input + i)).Store(work.Output + i);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient == null)
            return;
        var total = (nint)work.Count * Input.Length;
        for (nint i = 0; i < total; i += Vector256<T>.Count)
            TFormula.Backward(Vector256.Load(work.Output + i), Vector256.Load(work.OutputGradient + i)).Store(work.InputGradient + i);
    }

    /// <inheritdoc/>
    protected sealed override Shape Configure(Shape input) => input;
}
