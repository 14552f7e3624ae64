using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>An image as windows see it: with zeros around it, or cropped to what windows reach.</summary>
/// <param name="shape">The image.</param>
/// <param name="height">Rows that windows cover.</param>
/// <param name="width">Columns that windows cover.</param>
/// <param name="top">Rows of zeros above.</param>
/// <param name="left">Columns of zeros to the left.</param>
internal sealed unsafe class WindowImage<T>(Shape shape, int height, int width, int top, int left)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _isPadded = top > 0 || left > 0 || height > shape.Height || width > shape.Width;

    /// <summary>Length of the padded copy, 0 when no copy is needed.</summary>
    public int Length => _isPadded ? checked(height * width * shape.Channels + 15) & ~15 : 0;

    /// <summary>Distance between the rows that windows see.</summary>
    public int Row => (_isPadded ? width : shape.Width) * shape.Channels;

    /// <summary>Where the image's first value is in the padded copy.</summary>
    private int Inset => top * Row + left * shape.Channels;

    /// <summary>Rows, and values of a row, that image and copy share: strides that don't reach the last ones leave those out.</summary>
    private (int Rows, int Row) Shared =>
        (Math.Min(shape.Height, height - top), Math.Min(shape.Width, width - left) * shape.Channels);

    /// <summary>The image, or its padded copy in <paramref name="padded"/>.</summary>
    public T* Of(T* image, T* padded)
    {
        if (!_isPadded)
            return image;
        var (rows, row) = Shared;
        new Span<T>(padded, Inset).Clear();
        var to = padded + Inset;
        for (var y = 1; y <= rows; y++, image += shape.Width * shape.Channels, to += Row)
        {
            new Span<T>(image, row).CopyTo(new Span<T>(to, row));
            new Span<T>(to + row, y < rows ? Row - row : (int)(padded + Length - to) - row).Clear();
        }

        return padded;
    }

    /// <summary>image[…] = Σ of the values in <paramref name="taps"/> (positions, taps) whose window reaches that place.</summary>
    /// <param name="window">Windows over this image.</param>
    /// <param name="taps">A row per window.</param>
    /// <param name="padded">Memory for a padded copy.</param>
    /// <param name="image">The result.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddBack(Window window, T* taps, T* padded, T* image)
    {
        var target = _isPadded ? padded : image;
        new Span<T>(target, _isPadded ? Length : shape.Length).Clear();
        int run = window.Kernel.Width * shape.Channels, row = Row, lanes = Vector256<T>.Count, stepX = window.Stride.Width * shape.Channels;
        for (var y = 0; y < window.OutputHeight; y++)
        {
            var destination = target + (nint)y * window.Stride.Height * row;
            for (var x = 0; x < window.OutputWidth; x++, destination += stepX)
            {
                var to = destination;
                for (var ky = 0; ky < window.Kernel.Height; ky++, taps += run, to += row)
                {
                    var i = 0;
                    for (; i <= run - lanes; i += lanes)
                        (Vector256.Load(to + i) + Vector256.Load(taps + i)).Store(to + i);
                    for (; i < run; i++)
                        to[i] += taps[i];
                }
            }
        }

        if (!_isPadded)
            return;
        new Span<T>(image, shape.Length).Clear();
        var (rows, shared) = Shared;
        for (var y = 0; y < rows; y++)
            new Span<T>(padded + Inset + (nint)y * row, shared).CopyTo(new Span<T>(image + (nint)y * shape.Width * shape.Channels, shared));
    }
}
