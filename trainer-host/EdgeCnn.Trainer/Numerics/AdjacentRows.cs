using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// Matrix products at most one vector wide whose left factor's rows lie next to each other: the windows of a single map, or the taps of a
/// weight gradient. Five pointers then reach 25 rows, so the sums fill the 32 registers of AVX-512, and the right factor is read seldom.
/// </summary>
internal static unsafe class AdjacentRows
{
    private const int Group = 5, Groups = 5;

    /// <summary>Whether <see cref="Multiply"/> can do the product, and does it faster than narrower tiles. What is added to must be
    /// read only once: no group may overlap another then, and no vector hang over.</summary>
    public static bool Suit<T>(in Product<T> product)
        where T : unmanaged =>
        Vector512.IsHardwareAccelerated && product.Columns <= Vector256<T>.Count && product.ARow == 1 && product.RowRun >= Group
        && product.Rows % product.RowRun == 0
        && product.CRow == product.Columns
        && (product.Initial != product.C || (product.RowRun % Group == 0 && product.Columns == Vector256<T>.Count));

    /// <summary>The product, in groups of five rows; the last group of a run overlaps the one before: the same values are computed
    /// again.</summary>
    /// <remarks>Vectors hang over the end of a row where the next row is written after; what is behind the last one is put back.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(in Product<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var left = stackalloc T*[Groups];
        var starts = stackalloc nint[Groups];
        T* last = product.C + (product.Rows - 1) * product.CRow + product.Columns, line = product.A;
        var behind = Vector256.Load(last);
        var filled = 0;
        for (var run = 0; run < product.Rows; run += product.RowRun, line += product.ARowLine)
        {
            for (var row = 0; row < product.RowRun; row += Group)
            {
                var first = Math.Min(row, product.RowRun - Group);
                left[filled] = line + first;
                starts[filled] = run + first;
                if (++filled < Groups)
                    continue;
                MultiplyTile(product, left, starts);
                filled = 0;
            }
        }

        if (filled > 0)
        {
            for (var i = filled; i < Groups; i++)
            {
                left[i] = left[filled - 1];
                starts[i] = starts[filled - 1];
            }

            MultiplyTile(product, left, starts);
        }

        var rest = (T*)&behind;
        for (var i = product.Columns; i < Vector256<T>.Count; i++)
            last[i - product.Columns] = rest[i - product.Columns];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile<T>(in Product<T> product, T** left, nint* starts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint initialRow = product.InitialRow, targetRow = product.CRow;
        var aFrom = product.Initial + starts[0] * initialRow;
        Vector256<T> a0 = Vector256.Load(aFrom), a1 = Vector256.Load(aFrom + initialRow), a2 = Vector256.Load(aFrom + 2 * initialRow);
        Vector256<T> a3 = Vector256.Load(aFrom + 3 * initialRow), a4 = Vector256.Load(aFrom + 4 * initialRow);
        var bFrom = product.Initial + starts[1] * initialRow;
        Vector256<T> b0 = Vector256.Load(bFrom), b1 = Vector256.Load(bFrom + initialRow), b2 = Vector256.Load(bFrom + 2 * initialRow);
        Vector256<T> b3 = Vector256.Load(bFrom + 3 * initialRow), b4 = Vector256.Load(bFrom + 4 * initialRow);
        var cFrom = product.Initial + starts[2] * initialRow;
        Vector256<T> c0 = Vector256.Load(cFrom), c1 = Vector256.Load(cFrom + initialRow), c2 = Vector256.Load(cFrom + 2 * initialRow);
        Vector256<T> c3 = Vector256.Load(cFrom + 3 * initialRow), c4 = Vector256.Load(cFrom + 4 * initialRow);
        var dFrom = product.Initial + starts[3] * initialRow;
        Vector256<T> d0 = Vector256.Load(dFrom), d1 = Vector256.Load(dFrom + initialRow), d2 = Vector256.Load(dFrom + 2 * initialRow);
        Vector256<T> d3 = Vector256.Load(dFrom + 3 * initialRow), d4 = Vector256.Load(dFrom + 4 * initialRow);
        var eFrom = product.Initial + starts[4] * initialRow;
        Vector256<T> e0 = Vector256.Load(eFrom), e1 = Vector256.Load(eFrom + initialRow), e2 = Vector256.Load(eFrom + 2 * initialRow);
        Vector256<T> e3 = Vector256.Load(eFrom + 3 * initialRow), e4 = Vector256.Load(eFrom + 4 * initialRow);

        T* a = left[0], b = left[1], c = left[2], d = left[3], e = left[4];
        nint step = product.AStep, rightStep = product.BStep, start = 0;
        var rightLine = product.B;
        for (var lines = product.Lines; lines > 0; lines--, start += product.ALine, rightLine += product.BLine)
        {
            var k = start;
            var from = rightLine;
            for (var remaining = product.Run; remaining > 0; remaining--, k += step, from += rightStep)
            {
                var right = Vector256.Load(from);
                a0 = Gemm.MultiplyAdd(Vector256.Create(a[k]), right, a0);
                a1 = Gemm.MultiplyAdd(Vector256.Create(a[k + 1]), right, a1);
                a2 = Gemm.MultiplyAdd(Vector256.Create(a[k + 2]), right, a2);
                a3 = Gemm.MultiplyAdd(Vector256.Create(a[k + 3]), right, a3);
                a4 = Gemm.MultiplyAdd(Vector256.Create(a[k + 4]), right, a4);
                b0 = Gemm.MultiplyAdd(Vector256.Create(b[k]), right, b0);
                b1 = Gemm.MultiplyAdd(Vector256.Create(b[k + 1]), right, b1);
                b2 = Gemm.MultiplyAdd(Vector256.Create(b[k + 2]), right, b2);
                b3 = Gemm.MultiplyAdd(Vector256.Create(b[k + 3]), right, b3);
                b4 = Gemm.MultiplyAdd(Vector256.Create(b[k + 4]), right, b4);
                c0 = Gemm.MultiplyAdd(Vector256.Create(c[k]), right, c0);
                c1 = Gemm.MultiplyAdd(Vector256.Create(c[k + 1]), right, c1);
                c2 = Gemm.MultiplyAdd(Vector256.Create(c[k + 2]), right, c2);
                c3 = Gemm.MultiplyAdd(Vector256.Create(c[k + 3]), right, c3);
                c4 = Gemm.MultiplyAdd(Vector256.Create(c[k + 4]), right, c4);
                d0 = Gemm.MultiplyAdd(Vector256.Create(d[k]), right, d0);
                d1 = Gemm.MultiplyAdd(Vector256.Create(d[k + 1]), right, d1);
                d2 = Gemm.MultiplyAdd(Vector256.Create(d[k + 2]), right, d2);
                d3 = Gemm.MultiplyAdd(Vector256.Create(d[k + 3]), right, d3);
                d4 = Gemm.MultiplyAdd(Vector256.Create(d[k + 4]), right, d4);
                e0 = Gemm.MultiplyAdd(Vector256.Create(e[k]), right, e0);
                e1 = Gemm.MultiplyAdd(Vector256.Create(e[k + 1]), right, e1);
                e2 = Gemm.MultiplyAdd(Vector256.Create(e[k + 2]), right, e2);
                e3 = Gemm.MultiplyAdd(Vector256.Create(e[k + 3]), right, e3);
                e4 = Gemm.MultiplyAdd(Vector256.Create(e[k + 4]), right, e4);
            }
        }

        Store(a0, a1, a2, a3, a4, product.C + starts[0] * targetRow, targetRow);
        Store(b0, b1, b2, b3, b4, product.C + starts[1] * targetRow, targetRow);
        Store(c0, c1, c2, c3, c4, product.C + starts[2] * targetRow, targetRow);
        Store(d0, d1, d2, d3, d4, product.C + starts[3] * targetRow, targetRow);
        Store(e0, e1, e2, e3, e4, product.C + starts[4] * targetRow, targetRow);
    }

    /// <summary>Stores the rows of a group, in rising order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(
        Vector256<T> row0, Vector256<T> row1, Vector256<T> row2, Vector256<T> row3, Vector256<T> row4, T* target, nint targetRow)
        where T : unmanaged
    {
        row0.Store(target);
        row1.Store(target + targetRow);
        row2.Store(target + 2 * targetRow);
        row3.Store(target + 3 * targetRow);
        row4.Store(target + 4 * targetRow);
    }
}
