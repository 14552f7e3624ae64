using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// The matrix product under every convolution and fully connected layer, forward and backward.
/// </summary>
/// <remarks>
/// Vectors run over the columns of the result, and each result is one chain of fused multiply-adds over the inner dimension in rising
/// order. So its bits depend neither on the width of the processor's vectors nor on how the result is tiled or shared among threads,
/// and equal <c>T.FusedMultiplyAdd</c> in a plain loop.
/// </remarks>
public static unsafe class Gemm
{
    private const int WideRows = 6;
    private const int NarrowRows = 8;

    /// <summary>
    /// c[m, n] = initial[m, n] + Σₖ a[m, k] · b[k, n].
    /// </summary>
    /// <param name="rows">Rows m of the result.</param>
    /// <param name="columns">Columns n of the result.</param>
    /// <param name="inner">Length k of the sums.</param>
    /// <param name="a">Left factor, read one value at a time: a[m, k] is at <c>a + m·aRow + k·aInner</c>; swapped strides transpose
    /// it.</param>
    /// <param name="aRow">Distance from a[m, k] to a[m + 1, k].</param>
    /// <param name="aInner">Distance from a[m, k] to a[m, k + 1].</param>
    /// <param name="b">Right factor, rows contiguous; read up to <see cref="Block{T}.Slack"/> bytes past its end.</param>
    /// <param name="bRow">Distance from b[k, n] to b[k + 1, n].</param>
    /// <param name="initial">
    /// Where the sums start: a bias (row distance 0), zeros (row distance 0), or <paramref name="c"/> itself to add to it; read past its
    /// end like <paramref name="b"/>.
    /// </param>
    /// <param name="initialRow">Distance between the rows of <paramref name="initial"/>.</param>
    /// <param name="c">The result; exactly <paramref name="columns"/> values of each row are written.</param>
    /// <param name="cRow">Distance from c[m, n] to c[m + 1, n].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(
        int rows, int columns, int inner, T* a, int aRow, int aInner, T* b, int bRow, T* initial, int initialRow, T* c, int cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lanes = Vector256<T>.Count;
        var edge = stackalloc T[WideRows * 2 * lanes];
        for (var column = 0; column < columns;)
        {
            var width = Math.Min(columns - column, 2 * lanes);
            var (tileRows, tileWidth) = width > lanes ? (WideRows, 2 * lanes) : (NarrowRows, lanes);
            for (var row = 0; row < rows; row += tileRows)
            {
                // A tile that hangs over the right edge of the result goes through a buffer, so that the kernels store whole vectors only.
                var height = Math.Min(rows - row, tileRows);
                var target = c + (nint)row * cRow + column;
                var isInside = width == tileWidth;
                var tile = new Tile<T>(
                    height, inner, a + (nint)row * aRow, aRow, aInner, b + column, bRow,
                    initial + (nint)row * initialRow + column, initialRow, isInside ? target : edge, isInside ? cRow : tileWidth);
                if (width > lanes)
                    MultiplyWide(in tile);
                else
                    MultiplyNarrow(in tile);
                if (!isInside)
                    CopyRows(edge, tileWidth, target, cRow, height, width, mayHangOver: initialRow == 0);
            }

            column += width;
        }
    }

    /// <summary>
    /// Copies rows of <paramref name="width"/> values and nothing behind them. Where rows lie end to end, whole vectors hang over
    /// into the next row,
    /// which is written after; not where the next tile's rows hold what its sums start from.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<T>(T* from, int fromRow, T* to, int toRow, int height, int width, bool mayHangOver)
        where T : unmanaged
    {
        var whole = mayHangOver && toRow == width && width <= Vector256<T>.Count ? height - 1 : 0;
        for (var row = 0; row < whole; row++, from += fromRow, to += toRow)
            Vector256.Load(from).Store(to);
        for (var row = whole; row < height; row++, from += fromRow, to += toRow)
        {
            for (var i = 0; i < width; i++)
                to[i] = from[i];
        }
    }

    /// <summary>Six rows by two vectors: twelve chains, enough to hide the latency of the multiply-add, in sixteen registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyWide<T>(in Tile<T> tile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Rows that the tile lacks repeat its last one: the same values are computed and stored again.
        int r1 = tile.Clamp(1), r2 = tile.Clamp(2), r3 = tile.Clamp(3), r4 = tile.Clamp(4), r5 = tile.Clamp(5);
        T* a0 = tile.Left(0), a1 = tile.Left(r1), a2 = tile.Left(r2), a3 = tile.Left(r3), a4 = tile.Left(r4), a5 = tile.Left(r5);
        Vector256<T> c00 = tile.Start(0, 0), c10 = tile.Start(r1, 0), c20 = tile.Start(r2, 0);
        Vector256<T> c30 = tile.Start(r3, 0), c40 = tile.Start(r4, 0), c50 = tile.Start(r5, 0);
        Vector256<T> c01 = tile.Start(0, 1), c11 = tile.Start(r1, 1), c21 = tile.Start(r2, 1);
        Vector256<T> c31 = tile.Start(r3, 1), c41 = tile.Start(r4, 1), c51 = tile.Start(r5, 1);

        var b = tile.B;
        nint k = 0, step = tile.AInner, bRow = tile.BRow;
        for (var remaining = tile.Inner; remaining > 0; remaining--)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + Vector256<T>.Count);
            var x = Vector256.Create(a0[k]);
            c00 = MultiplyAdd(x, b0, c00);
            c01 = MultiplyAdd(x, b1, c01);
            x = Vector256.Create(a1[k]);
            c10 = MultiplyAdd(x, b0, c10);
            c11 = MultiplyAdd(x, b1, c11);
            x = Vector256.Create(a2[k]);
            c20 = MultiplyAdd(x, b0, c20);
            c21 = MultiplyAdd(x, b1, c21);
            x = Vector256.Create(a3[k]);
            c30 = MultiplyAdd(x, b0, c30);
            c31 = MultiplyAdd(x, b1, c31);
            x = Vector256.Create(a4[k]);
            c40 = MultiplyAdd(x, b0, c40);
            c41 = MultiplyAdd(x, b1, c41);
            x = Vector256.Create(a5[k]);
            c50 = MultiplyAdd(x, b0, c50);
            c51 = MultiplyAdd(x, b1, c51);
            k += step;
            b += bRow;
        }

        tile.Store(0, c00, c01);
        tile.Store(r1, c10, c11);
        tile.Store(r2, c20, c21);
        tile.Store(r3, c30, c31);
        tile.Store(r4, c40, c41);
        tile.Store(r5, c50, c51);
    }

    /// <summary>Eight rows by one vector, for results and remainders at most one vector wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyNarrow<T>(in Tile<T> tile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int r1 = tile.Clamp(1), r2 = tile.Clamp(2), r3 = tile.Clamp(3), r4 = tile.Clamp(4);
        int r5 = tile.Clamp(5), r6 = tile.Clamp(6), r7 = tile.Clamp(7);
        T* a0 = tile.Left(0), a1 = tile.Left(r1), a2 = tile.Left(r2), a3 = tile.Left(r3);
        T* a4 = tile.Left(r4), a5 = tile.Left(r5), a6 = tile.Left(r6), a7 = tile.Left(r7);
        Vector256<T> c0 = tile.Start(0, 0), c1 = tile.Start(r1, 0), c2 = tile.Start(r2, 0), c3 = tile.Start(r3, 0);
        Vector256<T> c4 = tile.Start(r4, 0), c5 = tile.Start(r5, 0), c6 = tile.Start(r6, 0), c7 = tile.Start(r7, 0);

        var b = tile.B;
        nint k = 0, step = tile.AInner, bRow = tile.BRow;
        for (var remaining = tile.Inner; remaining > 0; remaining--)
        {
            var b0 = Vector256.Load(b);
            c0 = MultiplyAdd(Vector256.Create(a0[k]), b0, c0);
            c1 = MultiplyAdd(Vector256.Create(a1[k]), b0, c1);
            c2 = MultiplyAdd(Vector256.Create(a2[k]), b0, c2);
            c3 = MultiplyAdd(Vector256.Create(a3[k]), b0, c3);
            c4 = MultiplyAdd(Vector256.Create(a4[k]), b0, c4);
            c5 = MultiplyAdd(Vector256.Create(a5[k]), b0, c5);
            c6 = MultiplyAdd(Vector256.Create(a6[k]), b0, c6);
            c7 = MultiplyAdd(Vector256.Create(a7[k]), b0, c7);
            k += step;
            b += bRow;
        }

        tile.Store(0, c0);
        tile.Store(r1, c1);
        tile.Store(r2, c2);
        tile.Store(r3, c3);
        tile.Store(r4, c4);
        tile.Store(r5, c5);
        tile.Store(r6, c6);
        tile.Store(r7, c7);
    }

    /// <summary>x · y + z with one rounding, in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<T> MultiplyAdd<T>(Vector256<T> x, Vector256<T> y, Vector256<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            return Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double))
            return Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();
        throw new NotSupportedException($"The trainer computes in float and double, not in {typeof(T).Name}.");
    }

    /// <summary>One tile of the product: at most 6×2 or 8×1 vectors of the result, and where its factors are.</summary>
    private readonly struct Tile<T>(
        int rows, int inner, T* a, nint aRow, nint aInner, T* b, nint bRow, T* initial, nint initialRow, T* target, nint targetRow)
        where T : unmanaged
    {
        public readonly int Inner = inner;
        public readonly nint AInner = aInner;
        public readonly nint BRow = bRow;
        public readonly T* B = b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Clamp(int row) => Math.Min(row, rows - 1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T* Left(int row) => a + row * aRow;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<T> Start(int row, int vector) => Vector256.Load(initial + row * initialRow + vector * Vector256<T>.Count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(int row, Vector256<T> value) => value.Store(target + row * targetRow);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(int row, Vector256<T> first, Vector256<T> second)
        {
            Store(row, first);
            second.Store(target + row * targetRow + Vector256<T>.Count);
        }
    }
}
