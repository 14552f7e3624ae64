using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Lays out the windows of one sample as the rows of a matrix (positions, kernel height · kernel width · channels), and adds such a
/// matrix back
/// to the sample. A row of a window is one contiguous run of the input, so both work run by run.
/// </summary>
/// <remarks>
/// Copies are whole vectors in rising order: what hangs over the end of a run is overwritten by the next run, and behind the last one
/// there is slack. So the memory passed in must have the slack of a <see cref="Numerics.Block{T}"/> behind it.
/// </remarks>
internal sealed unsafe class Im2Col<T>(Window window)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _channels = window.Input.Channels;

    /// <summary>Values of a row of the matrix that count.</summary>
    public int Columns { get; } = window.Kernel.Height * window.Kernel.Width * window.Input.Channels;

    /// <summary>Distance between rows: rounded up so that every row starts on a vector.</summary>
    public int RowLength => (Columns + 15) & ~15;

    /// <summary>Length of the whole matrix.</summary>
    public int MatrixLength => checked(window.Positions * RowLength);

    /// <summary>Length of the padded copy of a sample, 0 when no copy is needed.</summary>
    public int PaddedLength => window.IsPadded ? (window.PaddedHeight * window.PaddedWidth * _channels + 15) & ~15 : 0;

    private int PaddedRow => (window.IsPadded ? window.PaddedWidth : window.Input.Width) * _channels;

    private int Run => window.Kernel.Width * _channels;

    /// <summary>matrix[position, (ky, kx, c)] = sample[y·stride + ky − top, x·stride + kx − left, c], 0 outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(T* sample, T* padded, T* matrix)
    {
        if (window.IsPadded)
        {
            Pad(sample, padded);
            sample = padded;
        }

        int columns = Columns, rowLength = RowLength, run = Run, paddedRow = PaddedRow, lanes = Vector256<T>.Count;
        int stepX = window.Stride.Width * _channels, width = window.OutputWidth;
        for (var y = 0; y < window.OutputHeight; y++)
        {
            var source = sample + (nint)y * window.Stride.Height * paddedRow;
            for (var x = 0; x < width; x++, source += stepX, matrix += rowLength)
            {
                var from = source;
                for (T* to = matrix, end = matrix + columns; to < end; to += run, from += paddedRow)
                {
                    Vector256.Load(from).Store(to);
                    for (var i = lanes; i < run; i += lanes)
                        Vector256.Load(from + i).Store(to + i);
                }
            }
        }
    }

    /// <summary>sample[…] = Σ of all matrix values that <see cref="Gather"/> copies from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter(T* matrix, T* padded, T* sample)
    {
        var target = window.IsPadded ? padded : sample;
        new Span<T>(target, window.IsPadded ? PaddedLength : window.Input.Length).Clear();
        int rowLength = RowLength, run = Run, paddedRow = PaddedRow, lanes = Vector256<T>.Count;
        var stepX = window.Stride.Width * _channels;
        for (var y = 0; y < window.OutputHeight; y++)
        {
            var destination = target + (nint)y * window.Stride.Height * paddedRow;
            for (var x = 0; x < window.OutputWidth; x++, destination += stepX, matrix += rowLength)
            {
                var from = matrix;
                var to = destination;
                for (var ky = 0; ky < window.Kernel.Height; ky++, from += run, to += paddedRow)
                {
                    var i = 0;
                    for (; i <= run - lanes; i += lanes)
                        (Vector256.Load(to + i) + Vector256.Load(from + i)).Store(to + i);
                    for (; i < run; i++)
                        to[i] += from[i];
                }
            }
        }

        if (window.IsPadded)
            Crop(padded, sample);
    }

    private void Pad(T* sample, T* padded)
    {
        new Span<T>(padded, PaddedLength).Clear();
        CopyShared(sample, window.Input.Width * _channels, padded + Inset, PaddedRow);
    }

    private void Crop(T* padded, T* sample)
    {
        new Span<T>(sample, window.Input.Length).Clear();
        CopyShared(padded + Inset, PaddedRow, sample, window.Input.Width * _channels);
    }

    /// <summary>Where the sample's first value is in the padded copy.</summary>
    private int Inset => window.Top * PaddedRow + window.Left * _channels;

    /// <summary>Copies what sample and padded copy share: strides that don't reach the last rows and columns leave those out.</summary>
    private void CopyShared(T* from, int fromRow, T* to, int toRow)
    {
        var rows = Math.Min(window.Input.Height, window.PaddedHeight - window.Top);
        var row = Math.Min(window.Input.Width, window.PaddedWidth - window.Left) * _channels;
        for (var y = 0; y < rows; y++)
            new Span<T>(from + (nint)y * fromRow, row).CopyTo(new Span<T>(to + (nint)y * toRow, row));
    }
}
