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
    public static void Multiply<T>(
        int rows, int columns, int inner, T* a, int aRow, int aInner, T* b, int bRow, T* initial, int initialRow, T* c, int cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(new Product<T>
        {
            Rows = rows,
            RowRun = rows,
            Columns = columns,
            Lines = 1,
            Run = inner,
            A = a,
            ARow = aRow,
            AStep = aInner,
            B = b,
            BStep = bRow,
            Initial = initial,
            InitialRow = initialRow,
            C = c,
            CRow = cRow,
        });

    /// <summary>The same for factors that are read out of images: see <see cref="Product{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply<T>(in Product<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (AdjacentRows.Suit(product))
        {
            AdjacentRows.Multiply(product);
            return;
        }

        var column = BroadTiles.Suit(product) ? BroadTiles.Multiply(product) : 0;
        var lanes = Vector256<T>.Count;
        var edge = stackalloc T[WideRows * 2 * lanes];
        var left = stackalloc T*[NarrowRows];
        while (column < product.Columns)
        {
            var width = Math.Min(product.Columns - column, 2 * lanes);
            var isWide = width > lanes;
            var (tileRows, tileWidth) = isWide ? (WideRows, 2 * lanes) : (NarrowRows, lanes);
            // A vector may hang over the end of a row where the next row is written after, and what it held is not added to.
            var hangsOver = width == product.Columns && width <= lanes && product.CRow == width && product.Initial != product.C;
            var walk = new RowWalk<T>(product);
            var target = product.C + column;
            var initial = product.Initial + column;
            for (var row = 0; row < product.Rows; row += tileRows)
            {
                // Otherwise a tile that hangs over the right edge of the result goes through a buffer: the kernels store whole vectors only.
                var height = Math.Min(product.Rows - row, tileRows);
                var isInside = width == tileWidth || (hangsOver && row + height < product.Rows);
                walk.Next(left, height, tileRows);
                var (to, toRow) = isInside ? ((nint)target, product.CRow) : ((nint)edge, (nint)tileWidth);
                if (isWide)
                    MultiplyWide(product, left, height, product.B + column, initial, (T*)to, toRow);
                else
                    MultiplyNarrow(product, left, height, product.B + column, initial, (T*)to, toRow);
                if (!isInside)
                    CopyRows(edge, tileWidth, target, product.CRow, height, width);
                target += tileRows * product.CRow;
                initial += tileRows * product.InitialRow;
            }

            column += width;
        }
    }

    /// <summary>Copies rows of <paramref name="width"/> values and nothing behind them.</summary>
    private static void CopyRows<T>(T* from, nint fromRow, T* to, nint toRow, int height, int width)
        where T : unmanaged
    {
        for (var row = 0; row < height; row++, from += fromRow, to += toRow)
        {
            for (var i = 0; i < width; i++)
                to[i] = from[i];
        }
    }

    /// <summary>Six rows by two vectors: twelve chains, enough to hide the latency of the multiply-add, in sixteen registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyWide<T>(in Product<T> product, T** left, int height, T* bStart, T* initial, T* target, nint targetRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var initialRow = product.InitialRow;
        int r1 = Math.Min(1, height - 1), r2 = Math.Min(2, height - 1), r3 = Math.Min(3, height - 1), r4 = Math.Min(4, height - 1), r5 = Math.Min(5, height - 1);
        T* a0 = left[0], a1 = left[1], a2 = left[2], a3 = left[3], a4 = left[4], a5 = left[5];
        Vector256<T> c00 = Vector256.Load(initial), c10 = Vector256.Load(initial + r1 * initialRow), c20 = Vector256.Load(initial + r2 * initialRow);
        Vector256<T> c30 = Vector256.Load(initial + r3 * initialRow), c40 = Vector256.Load(initial + r4 * initialRow), c50 = Vector256.Load(initial + r5 * initialRow);
        Vector256<T> c01 = Vector256.Load(initial + Vector256<T>.Count), c11 = Vector256.Load(initial + r1 * initialRow + Vector256<T>.Count), c21 = Vector256.Load(initial + r2 * initialRow + Vector256<T>.Count);
        Vector256<T> c31 = Vector256.Load(initial + r3 * initialRow + Vector256<T>.Count), c41 = Vector256.Load(initial + r4 * initialRow + Vector256<T>.Count), c51 = Vector256.Load(initial + r5 * initialRow + Vector256<T>.Count);

        nint step = product.AStep, bStep = product.BStep, line = 0;
        var bLine = bStart;
        for (var lines = product.Lines; lines > 0; lines--, line += product.ALine, bLine += product.BLine)
        {
            var k = line;
            var b = bLine;
            for (var remaining = product.Run; remaining > 0; remaining--)
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
                b += bStep;
            }
        }

        c00.Store(target);
        c01.Store(target + Vector256<T>.Count);
        c10.Store(target + r1 * targetRow);
        c11.Store(target + r1 * targetRow + Vector256<T>.Count);
        c20.Store(target + r2 * targetRow);
        c21.Store(target + r2 * targetRow + Vector256<T>.Count);
        c30.Store(target + r3 * targetRow);
        c31.Store(target + r3 * targetRow + Vector256<T>.Count);
        c40.Store(target + r4 * targetRow);
        c41.Store(target + r4 * targetRow + Vector256<T>.Count);
        c50.Store(target + r5 * targetRow);
        c51.Store(target + r5 * targetRow + Vector256<T>.Count);
    }

    /// <summary>Eight rows by one vector, for results and remainders at most one vector wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyNarrow<T>(in Product<T> product, T** left, int height, T* bStart, T* initial, T* target, nint targetRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var initialRow = product.InitialRow;
        int r1 = Math.Min(1, height - 1), r2 = Math.Min(2, height - 1), r3 = Math.Min(3, height - 1), r4 = Math.Min(4, height - 1);
        int r5 = Math.Min(5, height - 1), r6 = Math.Min(6, height - 1), r7 = Math.Min(7, height - 1);
        T* a0 = left[0], a1 = left[1], a2 = left[2], a3 = left[3];
        T* a4 = left[4], a5 = left[5], a6 = left[6], a7 = left[7];
        Vector256<T> c0 = Vector256.Load(initial), c1 = Vector256.Load(initial + r1 * initialRow), c2 = Vector256.Load(initial + r2 * initialRow), c3 = Vector256.Load(initial + r3 * initialRow);
        Vector256<T> c4 = Vector256.Load(initial + r4 * initialRow), c5 = Vector256.Load(initial + r5 * initialRow), c6 = Vector256.Load(initial + r6 * initialRow), c7 = Vector256.Load(initial + r7 * initialRow);

        nint step = product.AStep, bStep = product.BStep, line = 0;
        var bLine = bStart;
        for (var lines = product.Lines; lines > 0; lines--, line += product.ALine, bLine += product.BLine)
        {
            var k = line;
            var b = bLine;
            for (var remaining = product.Run; remaining > 0; remaining--)
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
                b += bStep;
            }
        }

        c0.Store(target);
        c1.Store(target + r1 * targetRow);
        c2.Store(target + r2 * targetRow);
        c3.Store(target + r3 * targetRow);
        c4.Store(target + r4 * targetRow);
        c5.Store(target + r5 * targetRow);
        c6.Store(target + r6 * targetRow);
        c7.Store(target + r7 * targetRow);
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

    /// <inheritdoc cref="MultiplyAdd{T}(Vector256{T}, Vector256{T}, Vector256{T})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> MultiplyAdd<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            return Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double))
            return Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();
        throw new NotSupportedException($"The trainer computes in float and double, not in {typeof(T).Name}.");
    }
}
