using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>The lanes of 256 bits.</summary>
internal readonly unsafe struct Register256<T>(Vector256<T> vector) : IRegister<Register256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The lanes.</summary>
    public Vector256<T> Vector => vector;

    /// <inheritdoc/>
    public static int Count => Vector256<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> All(T value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> Load(T* from) => new(Vector256.Load(from));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* to) => vector.Store(to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(int count, T* to) => Vector256.ConditionalSelect(
        Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(count))), vector, Vector256.Load(to)).Store(to);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> MultiplyAdd(Register256<T> x, Register256<T> y, Register256<T> z) =>
        new(Gemm.MultiplyAdd(x.Vector, y.Vector, z.Vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> WhereLess(Register256<T> x, Register256<T> limit, Register256<T> less, Register256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(x.Vector, limit.Vector), less.Vector, otherwise.Vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> operator +(Register256<T> x, Register256<T> y) => new(x.Vector + y.Vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> operator -(Register256<T> x, Register256<T> y) => new(x.Vector - y.Vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> operator *(Register256<T> x, Register256<T> y) => new(x.Vector * y.Vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<T> operator -(Register256<T> x) => new(-x.Vector);
}
