using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// How loops that go down the rows of a matrix store a register of channels: whole, or without what hangs over the last one.
/// </summary>
internal unsafe interface IChannelStore
{
    /// <summary>Stores the lanes of the <paramref name="left"/> channels that are left.</summary>
    static abstract void Store<T, TRegister>(TRegister value, int left, T* to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>;
}

/// <summary>For registers that lie inside.</summary>
internal readonly unsafe struct InsideChannels : IChannelStore
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TRegister>(TRegister value, int left, T* to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T> => value.Store(to);
}

/// <summary>For registers that hang over the last channel: what is there stays.</summary>
internal readonly unsafe struct EdgeChannels : IChannelStore
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TRegister>(TRegister value, int left, T* to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T> => value.StoreFirst(left, to);
}
