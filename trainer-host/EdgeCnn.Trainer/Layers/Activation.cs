using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>A function of single values, y = f(x), whose derivative is known from y: it runs in place.</summary>
public abstract class Activation<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public sealed override bool RunsInPlace => true;

    /// <inheritdoc/>
    public sealed override bool BackwardReadsOutput => true;

    /// <inheritdoc/>
    protected sealed override Shape Configure(Shape input) => input;
}

/// <summary>Functions that are computed value by value.</summary>
internal static class Lanes
{
    /// <summary>f(x) of every lane.</summary>
    public static unsafe Vector256<T> Map<T>(Vector256<T> x, delegate*<T, T> f)
        where T : unmanaged
    {
        var values = stackalloc T[Vector256<T>.Count];
        x.Store(values);
        for (var i = 0; i < Vector256<T>.Count; i++)
            values[i] = f(values[i]);
        return Vector256.Load(values);
    }
}

/// <summary>f and δ·f′ for one vector of values.</summary>
internal interface IActivationFunction<T>
    where T : unmanaged
{
    /// <summary>f(x).</summary>
    static abstract Vector256<T> Value(Vector256<T> x);

    /// <summary>δ · f′(x), from y = f(x).</summary>
    static abstract Vector256<T> Backward(Vector256<T> y, Vector256<T> delta);
}

/// <summary>The loops of an activation: whole vectors, the last of which hangs over into the slack.</summary>
internal static unsafe class ActivationLoop<T, TFunction>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : IActivationFunction<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(LayerWorkspace<T> work, int length)
    {
        var total = (nint)work.Count * length;
        for (nint i = 0; i < total; i += Vector256<T>.Count)
            TFunction.Value(Vector256.Load(work.Input + i)).Store(work.Output + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(LayerWorkspace<T> work, int length)
    {
        var total = (nint)work.Count * length;
        if (work.InputGradient == null)
            return;
        for (nint i = 0; i < total; i += Vector256<T>.Count)
            TFunction.Backward(Vector256.Load(work.Output + i), Vector256.Load(work.OutputGradient + i)).Store(work.InputGradient + i);
    }
}
