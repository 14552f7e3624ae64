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

    /// <summary>Whether <see cref="Multiply"/> can do columns of the product.</summary>
    public static bool Suit<T>(in Product<T> product)
        where T : unmanaged => Vector512.IsHardwareAccelerated && product.Columns >= Vector512<T>.Count;

    /// <summary>The columns that fill whole vectors; returns the first one that is left.</summary>
    public static int Multiply<T>(in Product<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        product.SoonRow == 0 ? MultiplyTiles<T, NothingAhead>(product) : MultiplyTiles<T, SomethingAhead>(product);

    private static int MultiplyTiles<T, TAhead>(in Product<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TAhead : struct, IAhead
    {
        var left = stackalloc T*[TileRows];
        var walk = new RowWalk<T>(product);
        var column = 0;
        for (var row = 0; row < product.Rows; row += TileRows)
        {
            var height = Math.Min(product.Rows - row, TileRows);
            walk.Next(left, height, TileRows);
            for (column = 0; column <= product.Columns - 2 * Vector512<T>.Count; column += 2 * Vector512<T>.Count)
                MultiplyTwo<T, TAhead>(product, left, row, height, column);
            if (column > product.Columns - Vector512<T>.Count)
                continue;
            MultiplyOne(product, left, row, height, column);
            column += Vector512<T>.Count;
        }

        return column;
    }

    private static void MultiplyTwo<T, TAhead>(in Product<T> product, T** left, int row, int height, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TAhead : struct, IAhead
    {
        switch (height)
        {
            case 1:
                MultiplyTwo<T, One, TAhead>(product, left, row, column);
                break;
            case 2:
                MultiplyTwo<T, Two, TAhead>(product, left, row, column);
                break;
            case 3:
                MultiplyTwo<T, Three, TAhead>(product, left, row, column);
                break;
            case 4:
                MultiplyTwo<T, Four, TAhead>(product, left, row, column);
                break;
            case 5:
                MultiplyTwo<T, Five, TAhead>(product, left, row, column);
                break;
            case 6:
                MultiplyTwo<T, Six, TAhead>(product, left, row, column);
                break;
            case 7:
                MultiplyTwo<T, Seven, TAhead>(product, left, row, column);
                break;
            default:
                MultiplyTwo<T, Eight, TAhead>(product, left, row, column);
                break;
        }
    }

    /// <summary>So many rows by two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyTwo<T, THeight, TAhead>(in Product<T> product, T** left, int row, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where THeight : struct, IHeight
        where TAhead : struct, IAhead
    {
        T* initial = product.Initial + row * product.InitialRow + column, target = product.C + row * product.CRow + column;
        Vector512<T> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        Vector512<T> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        Load(initial, ref c00, ref c01);
        if (THeight.Rows > 1)
            Load(initial + product.InitialRow, ref c10, ref c11);
        if (THeight.Rows > 2)
            Load(initial + 2 * product.InitialRow, ref c20, ref c21);
        if (THeight.Rows > 3)
            Load(initial + 3 * product.InitialRow, ref c30, ref c31);
        if (THeight.Rows > 4)
            Load(initial + 4 * product.InitialRow, ref c40, ref c41);
        if (THeight.Rows > 5)
            Load(initial + 5 * product.InitialRow, ref c50, ref c51);
        if (THeight.Rows > 6)
            Load(initial + 6 * product.InitialRow, ref c60, ref c61);
        if (THeight.Rows > 7)
            Load(initial + 7 * product.InitialRow, ref c70, ref c71);

        T* a0 = left[0], a1 = left[1], a2 = left[2], a3 = left[3], a4 = left[4], a5 = left[5], a6 = left[6], a7 = left[7];
        T* bLine = product.B + column;
        nint step = product.AStep, rightStep = product.BStep, line = 0;

        T* soon = product.Soon, later = product.Later;
        nint soonStep = 0;
        if (TAhead.Any)
        {
            // The steps of this tile share what these rows have brought near with those of the tiles beside it.
            nint values = THeight.Rows * product.SoonRow, start = row * product.SoonRow + column * values / product.Columns;
            soonStep = values * 2 * Vector512<T>.Count / product.Columns / (product.Lines * product.Run) + 1;
            soon += start;
            later += start;
        }

        for (var lines = product.Lines; lines > 0; lines--, line += product.ALine, bLine += product.BLine)
        {
            var k = line;
            var b = bLine;
            for (var remaining = product.Run; remaining > 0; remaining--, k += step, b += rightStep)
            {
                if (TAhead.Any)
                {
                    Loops.PrefetchFar(soon);
                    Loops.PrefetchFar(later);
                    soon += soonStep;
                    later += soonStep;
                }

                Vector512<T> b0 = Vector512.Load(b), b1 = Vector512.Load(b + Vector512<T>.Count);
                Add(a0[k], b0, b1, ref c00, ref c01);
                if (THeight.Rows > 1)
                    Add(a1[k], b0, b1, ref c10, ref c11);
                if (THeight.Rows > 2)
                    Add(a2[k], b0, b1, ref c20, ref c21);
                if (THeight.Rows > 3)
                    Add(a3[k], b0, b1, ref c30, ref c31);
                if (THeight.Rows > 4)
                    Add(a4[k], b0, b1, ref c40, ref c41);
                if (THeight.Rows > 5)
                    Add(a5[k], b0, b1, ref c50, ref c51);
                if (THeight.Rows > 6)
                    Add(a6[k], b0, b1, ref c60, ref c61);
                if (THeight.Rows > 7)
                    Add(a7[k], b0, b1, ref c70, ref c71);
            }
        }

        Store(c00, c01, target);
        if (THeight.Rows > 1)
            Store(c10, c11, target + product.CRow);
        if (THeight.Rows > 2)
            Store(c20, c21, target + 2 * product.CRow);
        if (THeight.Rows > 3)
            Store(c30, c31, target + 3 * product.CRow);
        if (THeight.Rows > 4)
            Store(c40, c41, target + 4 * product.CRow);
        if (THeight.Rows > 5)
            Store(c50, c51, target + 5 * product.CRow);
        if (THeight.Rows > 6)
            Store(c60, c61, target + 6 * product.CRow);
        if (THeight.Rows > 7)
            Store(c70, c71, target + 7 * product.CRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<T>(T* from, ref Vector512<T> first, ref Vector512<T> second)
        where T : unmanaged => (first, second) = (Vector512.Load(from), Vector512.Load(from + Vector512<T>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(T a, Vector512<T> b0, Vector512<T> b1, ref Vector512<T> first, ref Vector512<T> second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = Vector512.Create(a);
        first = Gemm.MultiplyAdd(x, b0, first);
        second = Gemm.MultiplyAdd(x, b1, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<T> first, Vector512<T> second, T* to)
        where T : unmanaged
    {
        first.Store(to);
        second.Store(to + Vector512<T>.Count);
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
