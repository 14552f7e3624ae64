using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>The lanes of 512 bits.</summary>
internal readonly unsafe struct Register512<T>(Vector512<T> vector) : IRegister<Register512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The lanes.</summary>
    public Vector512<T> Vector => vector;

    /// <inheritdoc/>
    public static int Count => Vector512<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> All(T value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> Load(T* from) => new(Vector512.Load(from));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* to) => vector.Store(to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(int count, T* to) => Vector512.ConditionalSelect(
        Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(count))), vector, Vector512.Load(to)).Store(to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> MultiplyAdd(Register512<T> x, Register512<T> y, Register512<T> z) =>
        new(Gemm.MultiplyAdd(x.Vector, y.Vector, z.Vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> WhereLess(Register512<T> x, Register512<T> limit, Register512<T> less, Register512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(x.Vector, limit.Vector), less.Vector, otherwise.Vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> operator +(Register512<T> x, Register512<T> y) => new(x.Vector + y.Vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> operator -(Register512<T> x, Register512<T> y) => new(x.Vector - y.Vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> operator *(Register512<T> x, Register512<T> y) => new(x.Vector * y.Vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<T> operator -(Register512<T> x) => new(-x.Vector);
}
