using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>A function of single values, with its settings, whose derivative is computed from its argument.</summary>
public interface IPointwiseFunction<T>
    where T : unmanaged
{
    /// <summary>y = f(x), lane by lane.</summary>
    Vector256<T> Value(Vector256<T> x);

    /// <summary>δ · f′(x), lane by lane.</summary>
    Vector256<T> Backward(Vector256<T> x, Vector256<T> delta);
}

/// <summary>
/// A layer that applies a function to every value and keeps its input for backward. It runs in whole vectors, the last of which hangs over
/// into the slack behind the values.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="function">Its settings.</param>
public abstract unsafe class Pointwise<T, TFunction>(TFunction function) : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IPointwiseFunction<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Forward(LayerWorkspace<T> work)
    {
        var f = function;
        var total = (nint)work.Count * Input.Length;
        for (nint i = 0; i < total; i += Vector256<T>.Count)
            f.Value(Vector256.Load(work.Input + i)).Store(work.Output + i);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient == null)
            return;
        var f = function;
        var total = (nint)work.Count * Input.Length;
        for (nint i = 0; i < total; i += Vector256<T>.Count)
            f.Backward(Vector256.Load(work.Input + i), Vector256.Load(work.OutputGradient + i)).Store(work.InputGradient + i);
    }

    /// <inheritdoc/>
    protected sealed override Shape Configure(Shape input) => input;
}

/// <summary>Functions that are computed value by value.</summary>
internal static unsafe class Lanes
{
    /// <summary>f(x) of every lane.</summary>
    public static Vector256<T> Map<T>(Vector256<T> x, delegate*<T, T> f)
        where T : unmanaged
    {
        var values = stackalloc T[Vector256<T>.Count];
        x.Store(values);
        for (var i = 0; i < Vector256<T>.Count; i++)
            values[i] = f(values[i]);
        return Vector256.Load(values);
    }
}
