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
    public int Length => _isPadded ? checked(height * width * shape.Channels + 31) & ~15 : 0;

    /// <summary>Distance between the rows that windows see.</summary>
    public int Row => (_isPadded ? width : shape.Width) * shape.Channels;

    /// <summary>Where the image's first value is in the padded copy.</summary>
    private int Inset => top * Row + left * shape.Channels;

    /// <summary>The image, or its padded copy in <paramref name="padded"/>.</summary>
    public T* Of(T* image, T* padded)
    {
        if (!_isPadded)
            return image;
        CopyShared(image, shape.Width * shape.Channels, padded + Inset, Row);
        ClearBorder(padded);
        return padded;
    }

    /// <summary>Values that a line of a kernel takes when it fills whole vectors.</summary>
    public static int RunInVectors(Window window)
    {
        var lanes = Vector256<T>.Count;
        return checked((window.Kernel.Width * window.Input.Channels + lanes - 1) / lanes * lanes);
    }

    /// <summary>
    /// Clears, and returns, where the taps of windows are added: the image, or its padded copy in <paramref name="padded"/>.
    /// </summary>
    public T* BeginAddBack(T* padded, T* image)
    {
        var target = _isPadded ? padded : image;
        new Span<T>(target, _isPadded ? Length : shape.Length).Clear();
        return target;
    }

    /// <summary>Adds rows of taps to where their windows are.</summary>
    /// <param name="window">Windows over this image.</param>
    /// <param name="taps">A row per window: of each line of the kernel <see cref="RunInVectors"/> values, the last ones zeros.</param>
    /// <param name="line">First line of windows.</param>
    /// <param name="lines">Lines of windows.</param>
    /// <param name="target">From <see cref="BeginAddBack"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddBack(Window window, T* taps, int line, int lines, T* target)
    {
        int run = RunInVectors(window), row = Row, stepX = window.Stride.Width * shape.Channels;
        for (var y = line; y < line + lines; y++)
        {
            var destination = target + (nint)y * window.Stride.Height * row;
            for (var x = 0; x < window.OutputWidth; x++, destination += stepX)
            {
                var to = destination;
                for (var ky = 0; ky < window.Kernel.Height; ky++, taps += run, to += row)
                {
                    for (var i = 0; i < run; i += Vector256<T>.Count)
                        (Vector256.Load(to + i) + Vector256.Load(taps + i)).Store(to + i);
                }
            }
        }
    }

    /// <summary>Copies what was added in the padded copy to the image.</summary>
    public void EndAddBack(T* padded, T* image)
    {
        if (!_isPadded)
            return;
        new Span<T>(image, shape.Length).Clear();
        CopyShared(padded + Inset, Row, image, shape.Width * shape.Channels);
    }

    /// <summary>Rows that image and padded copy share: strides that don't reach the last rows and columns leave those out.</summary>
    private int SharedRows => Math.Min(shape.Height, height - top);

    /// <summary>Values of a row that image and padded copy share.</summary>
    private int SharedRow => Math.Min(shape.Width, width - left) * shape.Channels;

    /// <summary>Copies what image and padded copy share.</summary>
    private void CopyShared(T* from, int fromRow, T* to, int toRow)
    {
        for (var y = 0; y < SharedRows; y++)
            new Span<T>(from + (nint)y * fromRow, SharedRow).CopyTo(new Span<T>(to + (nint)y * toRow, SharedRow));
    }

    /// <summary>Clears the padded copy around the image: from the end of a row's values to the next row's beginning at once.</summary>
    private void ClearBorder(T* padded)
    {
        new Span<T>(padded, Inset).Clear();
        var gap = padded + Inset + SharedRow;
        for (var y = 1; y < SharedRows; y++, gap += Row)
            new Span<T>(gap, Row - SharedRow).Clear();
        new Span<T>(gap, (int)(padded + Length - gap)).Clear();
    }
}
