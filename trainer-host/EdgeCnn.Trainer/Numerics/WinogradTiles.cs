using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// The transforms of Winograd's minimal filtering F(2×2, 3×3) (Lavin &amp; Gray, Fast Algorithms for Convolutional Neural Networks, 2016):
/// Y = Aᵀ[(G·g·Gᵀ) ⊙ (Bᵀ·d·B)]A makes 2×2 outputs Y of a 3×3 kernel g out of 4×4 inputs d with 16 multiplications instead of 36.
/// </summary>
/// <remarks>
/// Bᵀ = (1 0 −1 0; 0 1 1 0; 0 −1 1 0; 0 1 0 −1), G = (1 0 0; ½ ½ ½; ½ −½ ½; 0 0 1), Aᵀ = (1 1 1 0; 0 1 −1 −1). Vectors run over
/// channels, which are whole vectors. The 16 places of a transformed tile are <c>plane</c> values apart, row by row.
/// </remarks>
internal static unsafe class WinogradTiles
{
    /// <summary>Outputs of a tile in either direction.</summary>
    public const int Outputs = 2;

    /// <summary>Places of a transformed tile.</summary>
    public const int Places = 16;

    /// <summary>V = Bᵀ·d·B of the tiles along a row: (16, tiles, channels).</summary>
    /// <param name="image">First of the four image rows.</param>
    /// <param name="imageRow">Distance between image rows.</param>
    /// <param name="tiles">Tiles of the row, two columns apart.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="transformed">The result for the first tile.</param>
    /// <param name="plane">Distance between the places of a tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformImage<T>(T* image, nint imageRow, int tiles, int channels, T* transformed, nint plane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var channel = 0; channel < channels; channel += Vector256<T>.Count)
        {
            T* from = image + channel, to = transformed + channel;
            Column(from, imageRow, out var a0, out var a1, out var a2, out var a3);
            Column(from + channels, imageRow, out var b0, out var b1, out var b2, out var b3);
            for (var tile = 0; tile < tiles; tile++, to += channels)
            {
                from += 2 * channels;
                Column(from, imageRow, out var c0, out var c1, out var c2, out var c3);
                Column(from + channels, imageRow, out var d0, out var d1, out var d2, out var d3);
                Row(a0, b0, c0, d0, to, plane);
                Row(a1, b1, c1, d1, to + 4 * plane, plane);
                Row(a2, b2, c2, d2, to + 8 * plane, plane);
                Row(a3, b3, c3, d3, to + 12 * plane, plane);
                (a0, a1, a2, a3) = (c0, c1, c2, c3);
                (b0, b1, b2, b3) = (d0, d1, d2, d3);
            }
        }
    }

    /// <summary>Y = Aᵀ·M·A + bias of the tiles along a row: two rows of outputs.</summary>
    /// <param name="products">(16, tiles, channels).</param>
    /// <param name="plane">Distance between the places of a tile.</param>
    /// <param name="tiles">Tiles of the row.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="bias">One value per channel.</param>
    /// <param name="output">First row of the outputs.</param>
    /// <param name="outputRow">Distance to the second one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformProducts<T>(T* products, nint plane, int tiles, int channels, T* bias, T* output, nint outputRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var channel = 0; channel < channels; channel += Vector256<T>.Count)
        {
            T* from = products + channel, to = output + channel;
            var start = Vector256.Load(bias + channel);
            for (var tile = 0; tile < tiles; tile++, from += channels, to += 2 * channels)
            {
                Pair(from, plane, out var a0, out var a1);
                Pair(from + 4 * plane, plane, out var b0, out var b1);
                Pair(from + 8 * plane, plane, out var c0, out var c1);
                Pair(from + 12 * plane, plane, out var d0, out var d1);
                (a0 + b0 + c0 + start).Store(to);
                (a1 + b1 + c1 + start).Store(to + channels);
                (b0 - c0 - d0 + start).Store(to + outputRow);
                (b1 - c1 - d1 + start).Store(to + outputRow + channels);
            }
        }
    }

    /// <summary>Z = A·δ·Aᵀ of the tiles along a row, the transposed of <see cref="TransformProducts"/>: (16, tiles, channels).</summary>
    /// <param name="delta">First of two rows.</param>
    /// <param name="deltaRow">Distance to the second one.</param>
    /// <param name="tiles">Tiles of the row.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="transformed">The result for the first tile.</param>
    /// <param name="plane">Distance between the places of a tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformDelta<T>(T* delta, nint deltaRow, int tiles, int channels, T* transformed, nint plane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var channel = 0; channel < channels; channel += Vector256<T>.Count)
        {
            T* from = delta + channel, to = transformed + channel;
            for (var tile = 0; tile < tiles; tile++, from += 2 * channels, to += channels)
            {
                Vector256<T> a0 = Vector256.Load(from), a1 = Vector256.Load(from + channels);
                Vector256<T> d0 = Vector256.Load(from + deltaRow), d1 = Vector256.Load(from + deltaRow + channels);
                Spread(a0, a1, to, plane);
                Spread(a0 + d0, a1 + d1, to + 4 * plane, plane);
                Spread(a0 - d0, a1 - d1, to + 8 * plane, plane);
                Spread(-d0, -d1, to + 12 * plane, plane);
            }
        }
    }

    /// <summary>U = G·g·Gᵀ: kernels (3·3, length) to (16, length).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformKernel<T>(T* kernel, nint length, T* transformed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var half = Vector256.Create(T.CreateTruncating(0.5));
        for (nint i = 0; i < length; i += Vector256<T>.Count)
        {
            var from = kernel + i;
            for (var row = 0; row < 4; row++)
            {
                Vector256<T> a = KernelRow(from, length, row, half), b = KernelRow(from + length, length, row, half);
                var c = KernelRow(from + 2 * length, length, row, half);
                var to = transformed + 4 * row * length + i;
                a.Store(to);
                ((a + b + c) * half).Store(to + length);
                ((a - b + c) * half).Store(to + 2 * length);
                c.Store(to + 3 * length);
            }
        }
    }

    /// <summary>∂g = Gᵀ·∂U·G, the transposed of <see cref="TransformKernel"/>: (16, length) to kernels (3·3, length).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformKernelGradient<T>(T* transformed, nint length, T* kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var half = Vector256.Create(T.CreateTruncating(0.5));
        for (nint i = 0; i < length; i += Vector256<T>.Count)
        {
            for (var column = 0; column < 3; column++)
            {
                Vector256<T> a = GradientColumn(transformed + i, length, column, half);
                var b = GradientColumn(transformed + 4 * length + i, length, column, half);
                var c = GradientColumn(transformed + 8 * length + i, length, column, half);
                var d = GradientColumn(transformed + 12 * length + i, length, column, half);
                var to = kernel + column * length + i;
                (a + (b + c) * half).Store(to);
                ((b - c) * half).Store(to + 3 * length);
                ((b + c) * half + d).Store(to + 6 * length);
            }
        }
    }

    /// <summary>Bᵀ times a column of four values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<T>(
        T* from, nint row, out Vector256<T> r0, out Vector256<T> r1, out Vector256<T> r2, out Vector256<T> r3)
        where T : unmanaged
    {
        Vector256<T> x0 = Vector256.Load(from), x1 = Vector256.Load(from + row), x2 = Vector256.Load(from + 2 * row);
        var x3 = Vector256.Load(from + 3 * row);
        (r0, r1, r2, r3) = (x0 - x2, x1 + x2, x2 - x1, x1 - x3);
    }

    /// <summary>A row of four values times B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<T>(Vector256<T> x0, Vector256<T> x1, Vector256<T> x2, Vector256<T> x3, T* to, nint plane)
        where T : unmanaged
    {
        (x0 - x2).Store(to);
        (x1 + x2).Store(to + plane);
        (x2 - x1).Store(to + 2 * plane);
        (x1 - x3).Store(to + 3 * plane);
    }

    /// <summary>A row of four values times A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<T>(T* from, nint plane, out Vector256<T> first, out Vector256<T> second)
        where T : unmanaged
    {
        Vector256<T> x1 = Vector256.Load(from + plane), x2 = Vector256.Load(from + 2 * plane);
        (first, second) = (Vector256.Load(from) + x1 + x2, x1 - x2 - Vector256.Load(from + 3 * plane));
    }

    /// <summary>A row of two values times Aᵀ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread<T>(Vector256<T> x0, Vector256<T> x1, T* to, nint plane)
        where T : unmanaged
    {
        x0.Store(to);
        (x0 + x1).Store(to + plane);
        (x0 - x1).Store(to + 2 * plane);
        (-x1).Store(to + 3 * plane);
    }

    /// <summary>A row of G times a column of a kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> KernelRow<T>(T* column, nint length, int row, Vector256<T> half)
        where T : unmanaged
    {
        Vector256<T> x0 = Vector256.Load(column), x1 = Vector256.Load(column + 3 * length), x2 = Vector256.Load(column + 6 * length);
        return row switch
        {
            0 => x0,
            1 => (x0 + x1 + x2) * half,
            2 => (x0 - x1 + x2) * half,
            _ => x2,
        };
    }

    /// <summary>A row of a transformed tile times a column of G.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> GradientColumn<T>(T* row, nint length, int column, Vector256<T> half)
        where T : unmanaged
    {
        Vector256<T> x1 = Vector256.Load(row + length), x2 = Vector256.Load(row + 2 * length);
        return column switch
        {
            0 => Vector256.Load(row) + (x1 + x2) * half,
            1 => (x1 - x2) * half,
            _ => (x1 + x2) * half + Vector256.Load(row + 3 * length),
        };
    }
}
