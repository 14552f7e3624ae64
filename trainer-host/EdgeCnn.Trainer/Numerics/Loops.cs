using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>The simple loops beside <see cref="Gemm"/>, with results that don't depend on the vector width either.</summary>
internal static unsafe class Loops
{
    /// <summary>sum[i] = a[i] + b[i], in whole vectors that hang over the end. The sum may be one of the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T* a, T* b, T* sum, nint length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint i = 0;
        for (; Vector512.IsHardwareAccelerated && i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
            (Vector512.Load(a + i) + Vector512.Load(b + i)).Store(sum + i);
        for (; i < length; i += Vector256<T>.Count)
            (Vector256.Load(a + i) + Vector256.Load(b + i)).Store(sum + i);
    }

    /// <summary>Has a cache line brought near that will be needed soon; no more than a hint, wherever it points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch<T>(T* at)
        where T : unmanaged
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(at);
    }

    /// <summary>The same, into the second level of the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchFar<T>(T* at)
        where T : unmanaged
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(at);
    }

    /// <summary>sum[i] += a[i] · b[i] with one rounding; exactly <paramref name="length"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct<T>(T* a, T* b, T* sum, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i <= length - Vector256<T>.Count; i += Vector256<T>.Count)
            Gemm.MultiplyAdd(Vector256.Load(a + i), Vector256.Load(b + i), Vector256.Load(sum + i)).Store(sum + i);
        for (; i < length; i++)
            sum[i] = T.FusedMultiplyAdd(a[i], b[i], sum[i]);
    }

    /// <summary>sums[c] = Σᵣ matrix[r, c], rows in rising order. Reads past the matrix like <see cref="Gemm"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows<T>(T* matrix, int rows, int columns, T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lanes = Vector256<T>.Count;
        var rest = stackalloc T[4 * lanes];
        for (var column = 0; column < columns; column += 4 * lanes)
        {
            // A vector that lies wholly behind the last column repeats the first one.
            int c1 = column + lanes < columns ? lanes : 0, c2 = column + 2 * lanes < columns ? 2 * lanes : 0;
            var c3 = column + 3 * lanes < columns ? 3 * lanes : 0;
            Vector256<T> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            var at = matrix + column;
            for (var row = 0; row < rows; row++, at += columns)
            {
                sum0 += Vector256.Load(at);
                sum1 += Vector256.Load(at + c1);
                sum2 += Vector256.Load(at + c2);
                sum3 += Vector256.Load(at + c3);
            }

            sum0.Store(rest);
            sum1.Store(rest + lanes);
            sum2.Store(rest + 2 * lanes);
            sum3.Store(rest + 3 * lanes);
            for (var i = 0; i < Math.Min(4 * lanes, columns - column); i++)
                sums[column + i] = rest[i];
        }
    }

    /// <summary>transposed[c, r] = matrix[r, c], in blocks that stay in the cache.</summary>
    public static void Transpose<T>(T* matrix, int rows, int columns, T* transposed)
        where T : unmanaged =>
        Transpose(matrix, columns, rows, columns, transposed);

    /// <summary>The same for a matrix whose rows are <paramref name="matrixRow"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose<T>(T* matrix, nint matrixRow, int rows, int columns, T* transposed)
        where T : unmanaged
    {
        const int block = 16;
        for (var rowBlock = 0; rowBlock < rows; rowBlock += block)
        {
            var rowEnd = Math.Min(rowBlock + block, rows);
            for (var column = 0; column < columns; column++)
            {
                T* from = matrix + rowBlock * matrixRow + column, target = transposed + (nint)column * rows + rowBlock;
                for (var end = target + (rowEnd - rowBlock); target < end; target++, from += matrixRow)
                    *target = *from;
            }
        }
    }
}
