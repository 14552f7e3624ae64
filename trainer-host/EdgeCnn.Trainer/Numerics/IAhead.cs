using System.Runtime.CompilerServices;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// Whether a product has values brought near that are read after it, known to the compiler: a line or two with every step of the sums,
/// where the processor waits for nothing but multiplications.
/// </summary>
internal unsafe interface IAhead
{
    /// <summary>Has the lines of both pointers brought near, and goes on.</summary>
    static abstract void Step<T>(ref T* soon, ref T* later, nint step)
        where T : unmanaged;
}

/// <inheritdoc cref="IAhead"/>
internal readonly unsafe struct NothingAhead : IAhead
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<T>(ref T* soon, ref T* later, nint step)
        where T : unmanaged
    {
    }
}

/// <inheritdoc cref="IAhead"/>
internal readonly unsafe struct SomethingAhead : IAhead
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<T>(ref T* soon, ref T* later, nint step)
        where T : unmanaged
    {
        Loops.PrefetchFar(soon);
        Loops.PrefetchFar(later);
        soon += step;
        later += step;
    }
}
