using System;
using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// The three products of a convolution, sample by sample and without a copy of its windows: <see cref="Product{T}"/> reads its rows where
/// they lie in the padded image. Sums run in the order of an explicit matrix of windows, so the bits are the same.
/// </summary>
/// <remarks>
/// Forward: out[p, o] = bias[o] + Σ x[p + tap] · w[tap, o]. Weights' gradient: ∂w[tap, o] = Σ over p of x[p + tap] · δ[p, o]. Input's
/// gradient: with stride 1 and padding, or one tap, the "full" convolution of δ by the kernel turned by 180°; otherwise δ·W, a row of taps
/// for each window, is added back to where the windows were.
/// </remarks>
internal sealed unsafe class WindowProduct<T>(Window window, int filters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _channels = window.Input.Channels;
    private readonly WindowImage<T> _image = new(window.Input, window.PaddedHeight, window.PaddedWidth, window.Top, window.Left);
    private readonly WindowImage<T> _delta = new(
        new Shape(window.OutputHeight, window.OutputWidth, filters), window.Input.Height + window.Kernel.Height - 1,
        window.Input.Width + window.Kernel.Width - 1, window.Kernel.Height - 1 - window.Top, window.Kernel.Width - 1 - window.Left);
    private readonly Block<T> _zeros = new(Math.Max(filters, window.Kernel.Height * window.Kernel.Width * window.Input.Channels));
    private readonly Block<T> _transposed = new((long)filters * window.Kernel.Height * window.Kernel.Width * window.Input.Channels);
    private readonly Block<T> _turned = new(IsFull(window) ? (long)filters * window.Kernel.Height * window.Kernel.Width * window.Input.Channels : 0);

    /// <summary>Taps of a filter: kernel height · width · channels.</summary>
    public int Taps { get; } = window.Kernel.Height * window.Kernel.Width * window.Input.Channels;

    /// <summary>Values of scratch memory: a padded sample or error map, and the larger of a weight gradient and rows of taps.</summary>
    public int ScratchLength => checked(PaddedLength + Math.Max(Taps * filters, IsFull(window) ? 0 : window.Positions * Taps));

    private int PaddedLength => Math.Max(_image.Length, IsFull(window) ? _delta.Length : 0);

    private int Run => window.Kernel.Width * _channels;

    private nint StepX => window.Stride.Width * _channels;

    private nint StepY => window.Stride.Height * _image.Row;

    /// <summary>Brings the copies of the weights (filters, taps) in another order up to date.</summary>
    public void WeightsChanged(T* weights)
    {
        Loops.Transpose(weights, filters, Taps, _transposed.Pointer);
        if (!IsFull(window))
            return;
        var area = window.Kernel.Height * window.Kernel.Width;
        for (var tap = 0; tap < area; tap++)
        {
            for (var filter = 0; filter < filters; filter++)
            {
                new Span<T>(weights + ((nint)filter * area + tap) * _channels, _channels)
                    .CopyTo(new Span<T>(_turned.Pointer + ((nint)(area - 1 - tap) * filters + filter) * _channels, _channels));
            }
        }
    }

    /// <summary>output (positions, filters) of one sample.</summary>
    public void Forward(T* sample, T* bias, T* output, T* scratch)
    {
        var image = _image.Of(sample, scratch);
        Gemm.Multiply(new Product<T>
        {
            Rows = window.Positions,
            RowRun = window.OutputWidth,
            Columns = filters,
            Lines = window.Kernel.Height,
            Run = Run,
            A = image,
            ARow = StepX,
            ARowLine = StepY,
            ALine = _image.Row,
            AStep = 1,
            B = _transposed.Pointer,
            BLine = (nint)Run * filters,
            BStep = filters,
            Initial = bias,
            C = output,
            CRow = filters,
        });
    }

    /// <summary>∂weights (filters, taps), summed over the samples.</summary>
    public void WeightGradient(T* samples, T* deltas, int count, T* gradient, T* scratch)
    {
        var sums = scratch + PaddedLength;
        for (var sample = 0; sample < count; sample++)
        {
            Gemm.Multiply(new Product<T>
            {
                Rows = Taps,
                RowRun = Run,
                Columns = filters,
                Lines = window.OutputHeight,
                Run = window.OutputWidth,
                A = _image.Of(samples + (nint)sample * window.Input.Length, scratch),
                ARow = 1,
                ARowLine = _image.Row,
                ALine = StepY,
                AStep = StepX,
                B = deltas + (nint)sample * window.Positions * filters,
                BLine = (nint)window.OutputWidth * filters,
                BStep = filters,
                Initial = sample == 0 ? _zeros.Pointer : sums,
                InitialRow = sample == 0 ? 0 : filters,
                C = sums,
                CRow = filters,
            });
        }

        Loops.Transpose(sums, Taps, filters, gradient);
    }

    /// <summary>∂input of one sample.</summary>
    public void InputGradient(T* delta, T* weights, T* gradient, T* scratch)
    {
        if (!IsFull(window))
        {
            var rows = scratch + PaddedLength;
            Gemm.Multiply(window.Positions, Taps, filters, delta, filters, 1, weights, Taps, _zeros.Pointer, 0, rows, Taps);
            _image.AddBack(window, rows, scratch, gradient);
            return;
        }

        Gemm.Multiply(new Product<T>
        {
            Rows = window.Input.Height * window.Input.Width,
            RowRun = window.Input.Width,
            Columns = _channels,
            Lines = window.Kernel.Height,
            Run = window.Kernel.Width * filters,
            A = _delta.Of(delta, scratch),
            ARow = filters,
            ARowLine = _delta.Row,
            ALine = _delta.Row,
            AStep = 1,
            B = _turned.Pointer,
            BLine = (nint)window.Kernel.Width * filters * _channels,
            BStep = _channels,
            Initial = _zeros.Pointer,
            C = gradient,
            CRow = _channels,
        });
    }

    /// <summary>Whether the input's gradient is computed as a full convolution: it must meet no gaps between windows, and adding back
    /// serves better where larger windows lie inside the input only, because a full convolution then multiplies many zeros.</summary>
    private static bool IsFull(Window window) =>
        window.Stride == new Extent(1, 1) && (window.IsPadded || window.Kernel == new Extent(1, 1));
}
