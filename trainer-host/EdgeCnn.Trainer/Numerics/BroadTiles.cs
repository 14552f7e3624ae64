using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// Matrix products in vectors of 512 bits. A tile of eight rows takes all columns before the next one, so that what it reads of the left
/// factor stays in the first level of the cache.
/// </summary>
internal static unsafe class BroadTiles
{
    private const int TileRows = 8;
    private const int CacheLine = 64;

    /// <summary>Whether <see cref="Multiply"/> can do columns of the product.</summary>
    public static bool Suit<T>(in Product<T> product)
        where T : unmanaged => Vector512.IsHardwareAccelerated && product.Columns >= Vector512<T>.Count;

    /// <summary>The columns that fill whole vectors; returns the first one that is left.</summary>
    public static int Multiply<T>(in Product<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var left = stackalloc T*[TileRows];
        var walk = new RowWalk<T>(product);
        var column = 0;
        for (var row = 0; row < product.Rows; row += TileRows)
        {
            var height = Math.Min(product.Rows - row, TileRows);
            walk.Next(left, height, TileRows);
            BringNear(product, row, height);
            for (column = 0; column <= product.Columns - 2 * Vector512<T>.Count; column += 2 * Vector512<T>.Count)
                MultiplyTwo(product, left, row, height, column);
            if (column > product.Columns - Vector512<T>.Count)
                continue;
            MultiplyOne(product, left, row, height, column);
            column += Vector512<T>.Count;
        }

        return column;
    }

    private static void BringNear<T>(in Product<T> product, int row, int height)
        where T : unmanaged
    {
        nint end = (row + height) * product.SoonRow;
        for (var at = row * product.SoonRow; at < end; at += CacheLine / sizeof(T))
        {
            Loops.PrefetchFar(product.Soon + at);
            Loops.PrefetchFar(product.Later + at);
        }
    }

    /// <summary>Eight rows by two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTwo<T>(in Product<T> product, T** left, int row, int height, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* initial = product.Initial + row * product.InitialRow + column, target = product.C + row * product.CRow + column;
        nint initialRow = product.InitialRow, targetRow = product.CRow;
        int r1 = Math.Min(1, height - 1), r2 = Math.Min(2, height - 1), r3 = Math.Min(3, height - 1), r4 = Math.Min(4, height - 1);
        int r5 = Math.Min(5, height - 1), r6 = Math.Min(6, height - 1), r7 = Math.Min(7, height - 1);
        Vector512<T> c00 = Vector512.Load(initial), c01 = Vector512.Load(initial + Vector512<T>.Count);
        Vector512<T> c10 = Vector512.Load(initial + r1 * initialRow), c11 = Vector512.Load(initial + r1 * initialRow + Vector512<T>.Count);
        Vector512<T> c20 = Vector512.Load(initial + r2 * initialRow), c21 = Vector512.Load(initial + r2 * initialRow + Vector512<T>.Count);
        Vector512<T> c30 = Vector512.Load(initial + r3 * initialRow), c31 = Vector512.Load(initial + r3 * initialRow + Vector512<T>.Count);
        Vector512<T> c40 = Vector512.Load(initial + r4 * initialRow), c41 = Vector512.Load(initial + r4 * initialRow + Vector512<T>.Count);
        Vector512<T> c50 = Vector512.Load(initial + r5 * initialRow), c51 = Vector512.Load(initial + r5 * initialRow + Vector512<T>.Count);
        Vector512<T> c60 = Vector512.Load(initial + r6 * initialRow), c61 = Vector512.Load(initial + r6 * initialRow + Vector512<T>.Count);
        Vector512<T> c70 = Vector512.Load(initial + r7 * initialRow), c71 = Vector512.Load(initial + r7 * initialRow + Vector512<T>.Count);

        T* a0 = left[0], a1 = left[1], a2 = left[2], a3 = left[3], a4 = left[4], a5 = left[5], a6 = left[6], a7 = left[7];
        T* bLine = product.B + column;
        nint step = product.AStep, rightStep = product.BStep, line = 0;
        for (var lines = product.Lines; lines > 0; lines--, line += product.ALine, bLine += product.BLine)
        {
            var k = line;
            var b = bLine;
            for (var remaining = product.Run; remaining > 0; remaining--, k += step, b += rightStep)
            {
                Vector512<T> b0 = Vector512.Load(b), b1 = Vector512.Load(b + Vector512<T>.Count);
                var x = Vector512.Create(a0[k]);
                c00 = Gemm.MultiplyAdd(x, b0, c00);
                c01 = Gemm.MultiplyAdd(x, b1, c01);
                x = Vector512.Create(a1[k]);
                c10 = Gemm.MultiplyAdd(x, b0, c10);
                c11 = Gemm.MultiplyAdd(x, b1, c11);
                x = Vector512.Create(a2[k]);
                c20 = Gemm.MultiplyAdd(x, b0, c20);
                c21 = Gemm.MultiplyAdd(x, b1, c21);
                x = Vector512.Create(a3[k]);
                c30 = Gemm.MultiplyAdd(x, b0, c30);
                c31 = Gemm.MultiplyAdd(x, b1, c31);
                x = Vector512.Create(a4[k]);
                c40 = Gemm.MultiplyAdd(x, b0, c40);
                c41 = Gemm.MultiplyAdd(x, b1, c41);
                x = Vector512.Create(a5[k]);
                c50 = Gemm.MultiplyAdd(x, b0, c50);
                c51 = Gemm.MultiplyAdd(x, b1, c51);
                x = Vector512.Create(a6[k]);
                c60 = Gemm.MultiplyAdd(x, b0, c60);
                c61 = Gemm.MultiplyAdd(x, b1, c61);
                x = Vector512.Create(a7[k]);
                c70 = Gemm.MultiplyAdd(x, b0, c70);
                c71 = Gemm.MultiplyAdd(x, b1, c71);
            }
        }

        c00.Store(target);
        c01.Store(target + Vector512<T>.Count);
        c10.Store(target + r1 * targetRow);
        c11.Store(target + r1 * targetRow + Vector512<T>.Count);
        c20.Store(target + r2 * targetRow);
        c21.Store(target + r2 * targetRow + Vector512<T>.Count);
        c30.Store(target + r3 * targetRow);
        c31.Store(target + r3 * targetRow + Vector512<T>.Count);
        c40.Store(target + r4 * targetRow);
        c41.Store(target + r4 * targetRow + Vector512<T>.Count);
        c50.Store(target + r5 * targetRow);
        c51.Store(target + r5 * targetRow + Vector512<T>.Count);
        c60.Store(target + r6 * targetRow);
        c61.Store(target + r6 * targetRow + Vector512<T>.Count);
        c70.Store(target + r7 * targetRow);
        c71.Store(target + r7 * targetRow + Vector512<T>.Count);
    }

    /// <summary>Eight rows by one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyOne<T>(in Product<T> product, T** left, int row, int height, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* initial = product.Initial + row * product.InitialRow + column, target = product.C + row * product.CRow + column;
        nint initialRow = product.InitialRow, targetRow = product.CRow;
        int r1 = Math.Min(1, height - 1), r2 = Math.Min(2, height - 1), r3 = Math.Min(3, height - 1), r4 = Math.Min(4, height - 1);
        int r5 = Math.Min(5, height - 1), r6 = Math.Min(6, height - 1), r7 = Math.Min(7, height - 1);
        var c0 = Vector512.Load(initial);
        var c1 = Vector512.Load(initial + r1 * initialRow);
        var c2 = Vector512.Load(initial + r2 * initialRow);
        var c3 = Vector512.Load(initial + r3 * initialRow);
        var c4 = Vector512.Load(initial + r4 * initialRow);
        var c5 = Vector512.Load(initial + r5 * initialRow);
        var c6 = Vector512.Load(initial + r6 * initialRow);
        var c7 = Vector512.Load(initial + r7 * initialRow);

        T* a0 = left[0], a1 = left[1], a2 = left[2], a3 = left[3], a4 = left[4], a5 = left[5], a6 = left[6], a7 = left[7];
        T* bLine = product.B + column;
        nint step = product.AStep, rightStep = product.BStep, line = 0;
        for (var lines = product.Lines; lines > 0; lines--, line += product.ALine, bLine += product.BLine)
        {
            var k = line;
            var b = bLine;
            for (var remaining = product.Run; remaining > 0; remaining--, k += step, b += rightStep)
            {
                var b0 = Vector512.Load(b);
                c0 = Gemm.MultiplyAdd(Vector512.Create(a0[k]), b0, c0);
                c1 = Gemm.MultiplyAdd(Vector512.Create(a1[k]), b0, c1);
                c2 = Gemm.MultiplyAdd(Vector512.Create(a2[k]), b0, c2);
                c3 = Gemm.MultiplyAdd(Vector512.Create(a3[k]), b0, c3);
                c4 = Gemm.MultiplyAdd(Vector512.Create(a4[k]), b0, c4);
                c5 = Gemm.MultiplyAdd(Vector512.Create(a5[k]), b0, c5);
                c6 = Gemm.MultiplyAdd(Vector512.Create(a6[k]), b0, c6);
                c7 = Gemm.MultiplyAdd(Vector512.Create(a7[k]), b0, c7);
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
}
