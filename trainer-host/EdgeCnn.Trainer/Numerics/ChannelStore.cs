using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// How loops that go down the rows of a matrix store a vector of channels: whole, or without what hangs over the last one.
/// </summary>
internal unsafe interface IChannelStore
{
    /// <summary>Stores the lanes that <paramref name="mask"/> has.</summary>
    static abstract void Store<T>(Vector256<T> value, Vector256<T> mask, T* to)
        where T : unmanaged;
}

/// <summary>For vectors that lie inside.</summary>
internal readonly unsafe struct InsideChannels : IChannelStore
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector256<T> value, Vector256<T> mask, T* to)
        where T : unmanaged => value.Store(to);
}

/// <summary>For vectors that hang over the last channel: what is there stays.</summary>
internal readonly unsafe struct EdgeChannels : IChannelStore
{
    /// <summary>The mask of the first <paramref name="count"/> lanes.</summary>
    public static Vector256<T> Mask<T>(int count)
        where T : unmanaged, INumber<T> =>
        Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(count)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector256<T> value, Vector256<T> mask, T* to)
        where T : unmanaged => Vector256.ConditionalSelect(mask, value, Vector256.Load(to)).Store(to);
}
