using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>The simple loops beside <see cref="Gemm"/>, with results that don't depend on the vector width either.</summary>
internal static unsafe class Loops
{
    /// <summary>sum[i] = a[i] + b[i], in whole vectors that hang over the end. The sum may be one of the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T* a, T* b, T* sum, nint length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (nint i = 0; i < length; i += Vector256<T>.Count)
            (Vector256.Load(a + i) + Vector256.Load(b + i)).Store(sum + i);
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

    /// <summary>
    /// sums[c] = Σᵣ matrix[r, c], rows in rising order. Reads past the matrix like <see cref="Gemm"/>: four vectors at a time, because a
    /// single chain of additions would wait for itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows<T>(T* matrix, int rows, int columns, T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lanes = Vector256<T>.Count;
        var together = stackalloc T[4 * lanes];
        for (var column = 0; column < columns; column += 4 * lanes)
        {
            Vector256<T> s0 = Vector256<T>.Zero, s1 = s0, s2 = s0, s3 = s0;
            var from = matrix + column;
            for (var row = 0; row < rows; row++, from += columns)
            {
                s0 += Vector256.Load(from);
                s1 += Vector256.Load(from + lanes);
                s2 += Vector256.Load(from + 2 * lanes);
                s3 += Vector256.Load(from + 3 * lanes);
            }

            s0.Store(together);
            s1.Store(together + lanes);
            s2.Store(together + 2 * lanes);
            s3.Store(together + 3 * lanes);
            var width = Math.Min(4 * lanes, columns - column);
            new Span<T>(together, width).CopyTo(new Span<T>(sums + column, width));
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
                var target = transposed + (nint)column * rows;
                for (var row = rowBlock; row < rowEnd; row++)
                    target[row] = matrix[row * matrixRow + column];
            }
        }
    }
}
