using System;
using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// A 3×3 convolution with stride 1 and a border of one zero, by Winograd's F(2×2, 3×3): sixteen products of matrices (tiles, channels) by
/// (channels, filters), and their transforms. See <see cref="WinogradTiles"/>.
/// </summary>
/// <remarks>
/// Rows of tiles of several samples are taken together, so that the products are long enough and their factors stay in the cache. The
/// weights' gradient is the transposed of the same: ∂U = Vᵀ·Z in each of the sixteen places, summed over all tiles in their order.
/// </remarks>
/// <param name="height">Rows of the image, even.</param>
/// <param name="width">Columns of the image, even.</param>
/// <param name="channels">Channels of the image, a multiple of 16.</param>
/// <param name="filters">Channels of the result, a multiple of 16.</param>
internal sealed unsafe class WinogradProduct<T>(int height, int width, int channels, int filters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int TilesTogether = 32;
    private readonly int _rows = height / WinogradTiles.Outputs, _columns = width / WinogradTiles.Outputs;
    private readonly WindowImage<T> _image = new(new Shape(height, width, channels), height + 2, width + 2, 1, 1);
    private readonly Block<T> _kernel = new((long)WinogradTiles.Places * channels * filters);
    private readonly Block<T> _zeros = new(filters);

    /// <summary>Values of scratch memory for a convolution, or for a weight gradient.</summary>
    public int ScratchLength =>
        checked(_image.Length + WinogradTiles.Places * (Plane(channels) + Plane(filters) + channels * filters));

    /// <summary>Rows of tiles that are taken together.</summary>
    private int RowsTogether => Math.Max(1, TilesTogether / _columns);

    /// <summary>
    /// Distance between the places of tiles that are taken together, with a little added: the sixteen places of a tile would otherwise meet
    /// in the same set of the cache.
    /// </summary>
    private int Plane(int depth) => InGroupsOfEight(RowsTogether * _columns) * depth + 16;

    /// <summary>Tiles in whole tiles of <see cref="Gemm"/>.</summary>
    private static int InGroupsOfEight(int tiles) => (tiles + 7) & ~7;

    /// <summary>Whether a convolution has the shape for this, and is large enough to gain by it.</summary>
    public static bool Suits(Window window, int filters) =>
        window is { Kernel: { Height: 3, Width: 3 }, Stride: { Height: 1, Width: 1 }, Dilation: { Height: 1, Width: 1 }, Top: 1, Left: 1 }
        && window.PaddedHeight == window.Input.Height + 2 && window.PaddedWidth == window.Input.Width + 2
        && window.Input.Height % 2 == 0 && window.Input.Width % 2 == 0 && window.Input.Channels % 16 == 0 && filters % 16 == 0;

    /// <summary>Transforms kernels (3·3, channels, filters).</summary>
    public void KernelChanged(T* kernel) => WinogradTiles.TransformKernel(kernel, (nint)channels * filters, _kernel.Pointer);

    /// <summary>(count, height, width, filters) of <paramref name="count"/> images.</summary>
    public void Convolve(T* images, int count, T* bias, T* outputs, T* scratch)
    {
        T* tiles = scratch + _image.Length, products = tiles + (nint)WinogradTiles.Places * Plane(channels);
        nint tilePlane = Plane(channels), productPlane = Plane(filters), outputRow = (nint)width * filters;
        T* padded = null;
        for (var start = 0; start < count * _rows; start += RowsTogether)
        {
            var together = Math.Min(RowsTogether, count * _rows - start);
            TransformImages(images, start, together, ref padded, scratch, tiles);
            for (var place = 0; place < WinogradTiles.Places; place++)
            {
                Gemm.Multiply(
                    InGroupsOfEight(together * _columns), filters, channels, tiles + place * tilePlane, channels, 1,
                    _kernel.Pointer + (nint)place * channels * filters, filters, _zeros.Pointer, 0,
                    products + place * productPlane, filters);
            }

            for (var row = 0; row < together; row++)
            {
                WinogradTiles.TransformProducts(
                    products + (nint)row * _columns * filters, productPlane, _columns, filters, bias,
                    outputs + (start + row) * WinogradTiles.Outputs * outputRow, outputRow);
            }
        }
    }

    /// <summary>∂kernel (3·3, channels, filters), summed over the images.</summary>
    public T* KernelGradient(T* images, T* deltas, int count, T* scratch)
    {
        T* tiles = scratch + _image.Length, spread = tiles + (nint)WinogradTiles.Places * Plane(channels);
        var sums = spread + (nint)WinogradTiles.Places * Plane(filters);
        nint tilePlane = Plane(channels), deltaPlane = Plane(filters), deltaRow = (nint)width * filters;
        T* padded = null;
        for (var start = 0; start < count * _rows; start += RowsTogether)
        {
            var together = Math.Min(RowsTogether, count * _rows - start);
            TransformImages(images, start, together, ref padded, scratch, tiles);
            for (var row = 0; row < together; row++)
            {
                WinogradTiles.TransformDelta(
                    deltas + (start + row) * WinogradTiles.Outputs * deltaRow, deltaRow, _columns, filters,
                    spread + (nint)row * _columns * filters, deltaPlane);
            }

            for (var place = 0; place < WinogradTiles.Places; place++)
            {
                var sum = sums + (nint)place * channels * filters;
                Gemm.Multiply(
                    channels, filters, together * _columns, tiles + place * tilePlane, 1, channels, spread + place * deltaPlane, filters,
                    start == 0 ? _zeros.Pointer : sum, start == 0 ? 0 : filters, sum, filters);
            }
        }

        // The tiles are done with: the kernels take their place.
        WinogradTiles.TransformKernelGradient(sums, (nint)channels * filters, tiles);
        return tiles;
    }

    /// <summary>Transforms rows of tiles; a row's number runs on over the images.</summary>
    private void TransformImages(T* images, int start, int count, ref T* padded, T* scratch, T* tiles)
    {
        for (var row = start; row < start + count; row++)
        {
            if (padded == null || row % _rows == 0)
                padded = _image.Of(images + (nint)(row / _rows) * height * width * channels, scratch);
            WinogradTiles.TransformImage(
                padded + (nint)(row % _rows) * WinogradTiles.Outputs * _image.Row, _image.Row, _columns, channels,
                tiles + (nint)(row - start) * _columns * channels, Plane(channels));
        }
    }
}
