using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// Strips of matrix products two vectors wide whose left factor's rows are evenly spaced and whose inner dimension is one line. All tiles
/// of a strip run in one loop, which pays where the inner dimension is short, and eight rows need two pointers only.
/// </summary>
internal static unsafe class EvenRows
{
    private const int TileRows = 8;

    /// <summary>Whether <see cref="Multiply"/> can do the product; a last tile of too few rows goes back and repeats some.</summary>
    public static bool Suit<T>(in Product<T> product)
        where T : unmanaged =>
        Vector512.IsHardwareAccelerated && product.Lines == 1 && product.RowRun >= product.Rows && product.Rows >= TileRows
        && (product.Rows % TileRows == 0 || product.Initial != product.C);

    /// <summary>The strip of the result that begins at <paramref name="column"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(in Product<T> product, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint row = product.ARow, row2 = 2 * row, row3 = 3 * row, step = product.AStep, rightStep = product.BStep;
        nint initialRow = product.InitialRow, targetRow = product.CRow;
        for (var next = 0; next < product.Rows; next += TileRows)
        {
            var first = next <= product.Rows - TileRows ? next : product.Rows - TileRows;
            T* initial = product.Initial + first * initialRow + column, target = product.C + first * targetRow + column;
            var c00 = Vector256.Load(initial);
            var c01 = Vector256.Load(initial + Vector256<T>.Count);
            var c10 = Vector256.Load(initial + initialRow);
            var c11 = Vector256.Load(initial + initialRow + Vector256<T>.Count);
            var c20 = Vector256.Load(initial + 2 * initialRow);
            var c21 = Vector256.Load(initial + 2 * initialRow + Vector256<T>.Count);
            var c30 = Vector256.Load(initial + 3 * initialRow);
            var c31 = Vector256.Load(initial + 3 * initialRow + Vector256<T>.Count);
            var c40 = Vector256.Load(initial + 4 * initialRow);
            var c41 = Vector256.Load(initial + 4 * initialRow + Vector256<T>.Count);
            var c50 = Vector256.Load(initial + 5 * initialRow);
            var c51 = Vector256.Load(initial + 5 * initialRow + Vector256<T>.Count);
            var c60 = Vector256.Load(initial + 6 * initialRow);
            var c61 = Vector256.Load(initial + 6 * initialRow + Vector256<T>.Count);
            var c70 = Vector256.Load(initial + 7 * initialRow);
            var c71 = Vector256.Load(initial + 7 * initialRow + Vector256<T>.Count);

            T* a0 = product.A + first * row, a4 = a0 + 4 * row, b = product.B + column;
            for (var remaining = product.Run; remaining > 0; remaining--, a0 += step, a4 += step, b += rightStep)
            {
                Vector256<T> b0 = Vector256.Load(b), b1 = Vector256.Load(b + Vector256<T>.Count);
                var x = Vector256.Create(a0[0]);
                c00 = Gemm.MultiplyAdd(x, b0, c00);
                c01 = Gemm.MultiplyAdd(x, b1, c01);
                x = Vector256.Create(a0[row]);
                c10 = Gemm.MultiplyAdd(x, b0, c10);
                c11 = Gemm.MultiplyAdd(x, b1, c11);
                x = Vector256.Create(a0[row2]);
                c20 = Gemm.MultiplyAdd(x, b0, c20);
                c21 = Gemm.MultiplyAdd(x, b1, c21);
                x = Vector256.Create(a0[row3]);
                c30 = Gemm.MultiplyAdd(x, b0, c30);
                c31 = Gemm.MultiplyAdd(x, b1, c31);
                x = Vector256.Create(a4[0]);
                c40 = Gemm.MultiplyAdd(x, b0, c40);
                c41 = Gemm.MultiplyAdd(x, b1, c41);
                x = Vector256.Create(a4[row]);
                c50 = Gemm.MultiplyAdd(x, b0, c50);
                c51 = Gemm.MultiplyAdd(x, b1, c51);
                x = Vector256.Create(a4[row2]);
                c60 = Gemm.MultiplyAdd(x, b0, c60);
                c61 = Gemm.MultiplyAdd(x, b1, c61);
                x = Vector256.Create(a4[row3]);
                c70 = Gemm.MultiplyAdd(x, b0, c70);
                c71 = Gemm.MultiplyAdd(x, b1, c71);
            }

            c00.Store(target);
            c01.Store(target + Vector256<T>.Count);
            c10.Store(target + targetRow);
            c11.Store(target + targetRow + Vector256<T>.Count);
            c20.Store(target + 2 * targetRow);
            c21.Store(target + 2 * targetRow + Vector256<T>.Count);
            c30.Store(target + 3 * targetRow);
            c31.Store(target + 3 * targetRow + Vector256<T>.Count);
            c40.Store(target + 4 * targetRow);
            c41.Store(target + 4 * targetRow + Vector256<T>.Count);
            c50.Store(target + 5 * targetRow);
            c51.Store(target + 5 * targetRow + Vector256<T>.Count);
            c60.Store(target + 6 * targetRow);
            c61.Store(target + 6 * targetRow + Vector256<T>.Count);
            c70.Store(target + 7 * targetRow);
            c71.Store(target + 7 * targetRow + Vector256<T>.Count);
        }
    }
}
