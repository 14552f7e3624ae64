using System;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// The three products of a convolution, sample by sample and without a copy of its windows: <see cref="Product{T}"/> reads its rows where
/// they lie in the padded image. Sums run in the order of an explicit matrix of windows, so the bits are the same.
/// </summary>
/// <remarks>
/// Forward: out[p, o] = bias[o] + Σ x[p + tap] · w[tap, o]. Weights' gradient: ∂w[tap, o] = Σ over p of x[p + tap] · δ[p, o]. Input's
/// gradient: with stride 1 and padding, or one tap, the "full" convolution of δ by the kernel turned by 180°; otherwise δ·W, a row of taps
/// for each window, is added back to where the windows were. Kernels of 3×3 between many channels go another way:
/// <see cref="WinogradProduct{T}"/>.
/// </remarks>
internal sealed unsafe class WindowProduct<T>(Window window, int filters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _channels = window.Input.Channels;

    // Sums of a weight gradient take a vector or more for each tap, so that none hangs over the next; behind the filters they mean nothing.
    private readonly int _sumsRow = Math.Max(filters, Vector256<T>.Count);

    // Rows of taps that are added back: the taps of every line of the kernel in whole vectors, for about 48 windows at a time.
    private readonly int _tapsRow = window.Kernel.Height * WindowImage<T>.RunInVectors(window);
    private readonly int _linesTogether = Math.Clamp(48 / window.OutputWidth, 1, window.OutputHeight);
    private readonly WindowImage<T> _image = new(window.Input, window.PaddedHeight, window.PaddedWidth, window.Top, window.Left);
    private readonly WindowImage<T> _delta = new(
        new Shape(window.OutputHeight, window.OutputWidth, filters), window.Input.Height + window.Kernel.Height - 1,
        window.Input.Width + window.Kernel.Width - 1, window.Kernel.Height - 1 - window.Top, window.Kernel.Width - 1 - window.Left);
    private readonly Block<T> _zeros = new(Math.Max(filters, window.Kernel.Height * WindowImage<T>.RunInVectors(window)));
    private readonly Block<T> _transposed = new((long)filters * window.Kernel.Height * window.Kernel.Width * window.Input.Channels);
    private readonly Block<T> _turned = new((long)filters * window.Kernel.Height
        * (IsFull(window) ? window.Kernel.Width * window.Input.Channels : WindowImage<T>.RunInVectors(window)));

    private readonly WinogradProduct<T>? _forward = WinogradProduct<T>.Suits(window, filters)
        ? new(window.Input.Height, window.Input.Width, window.Input.Channels, filters)
        : null;

    private readonly WinogradProduct<T>? _backward = WinogradProduct<T>.Suits(window, filters)
        ? new(window.Input.Height, window.Input.Width, filters, window.Input.Channels)
        : null;

    /// <summary>Taps of a filter: kernel height · width · channels.</summary>
    public int Taps { get; } = window.Kernel.Height * window.Kernel.Width * window.Input.Channels;

    /// <summary>Values of scratch memory: a padded sample or error map, and the larger of a weight gradient and rows of taps.</summary>
    public int ScratchLength => _forward is not null
        ? Math.Max(_forward.ScratchLength, _backward!.ScratchLength)
        : checked(PaddedLength + Math.Max(Taps * _sumsRow, IsFull(window) ? 0 : _linesTogether * window.OutputWidth * _tapsRow));

    private int PaddedLength => Math.Max(_image.Length, IsFull(window) ? _delta.Length : 0);

    private int Run => window.Kernel.Width * _channels;

    private nint StepX => window.Stride.Width * _channels;

    private nint StepY => window.Stride.Height * _image.Row;

    /// <summary>Brings the copies of the weights (filters, taps) in another order up to date.</summary>
    public void WeightsChanged(T* weights)
    {
        Loops.Transpose(weights, filters, Taps, _transposed.Pointer);
        if (IsFull(window))
            Turn(weights);
        else
            FillVectors(weights);
        _forward?.KernelChanged(_transposed.Pointer);
        _backward?.KernelChanged(_turned.Pointer);
    }

    /// <summary>Kernels turned by 180°: (taps, filters, channels).</summary>
    private void Turn(T* weights)
    {
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

    /// <summary>The weights with zeros behind each line of a kernel, up to a whole vector.</summary>
    private void FillVectors(T* weights)
    {
        for (var line = 0; line < filters * window.Kernel.Height; line++)
        {
            new Span<T>(weights + (nint)line * Run, Run)
                .CopyTo(new Span<T>(_turned.Pointer + (nint)line * WindowImage<T>.RunInVectors(window), Run));
        }
    }

    /// <summary>outputs (count, positions, filters).</summary>
    public void Forward(T* samples, int count, T* bias, T* outputs, T* scratch, in Upcoming<T> upcoming)
    {
        if (_forward is not null)
        {
            _forward.Convolve(samples, count, bias, outputs, scratch);
            return;
        }

        for (var sample = 0; sample < count; sample++)
        {
            var at = (nint)sample * window.Positions * filters;
            var soon = upcoming.Output == null ? null : upcoming.Output + at;
            ForwardOne(samples + (nint)sample * window.Input.Length, bias, outputs + at, scratch, soon);
        }
    }

    private void ForwardOne(T* sample, T* bias, T* output, T* scratch, T* soon)
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
            Soon = soon,
            Later = soon,
            SoonRow = soon == null ? 0 : filters,
        });
    }

    /// <summary>∂weights (filters, taps), summed over the samples.</summary>
    public void WeightGradient(T* samples, T* deltas, int count, T* gradient, T* scratch, in Upcoming<T> upcoming)
    {
        if (_forward is not null)
        {
            Loops.Transpose(_forward.KernelGradient(samples, deltas, count, scratch), Taps, filters, gradient);
            return;
        }

        var sums = scratch + PaddedLength;
        for (var sample = 0; sample < count; sample++)
        {
            var at = (nint)sample * window.Positions * filters;
            Gemm.Multiply(new Product<T>
            {
                Rows = Taps,
                RowRun = Run,
                Columns = _sumsRow,
                Lines = window.OutputHeight,
                Run = window.OutputWidth,
                A = _image.Of(samples + (nint)sample * window.Input.Length, scratch),
                ARow = 1,
                ARowLine = _image.Row,
                ALine = StepY,
                AStep = StepX,
                B = deltas + at,
                BLine = (nint)window.OutputWidth * filters,
                BStep = filters,
                Initial = sample == 0 ? _zeros.Pointer : sums,
                InitialRow = sample == 0 ? 0 : _sumsRow,
                C = sums,
                CRow = _sumsRow,
                Soon = upcoming.Output + at,
                Later = upcoming.OutputGradient + at,
                SoonRow = upcoming.Output == null ? 0 : window.Positions * filters / Taps,
            });
        }

        Loops.Transpose(sums, _sumsRow, Taps, filters, gradient);
    }

    /// <summary>∂inputs (count, height, width, channels).</summary>
    public void InputGradient(T* deltas, int count, T* gradients, T* scratch)
    {
        if (_backward is not null)
        {
            _backward.Convolve(deltas, count, _zeros.Pointer, gradients, scratch);
            return;
        }

        for (var sample = 0; sample < count; sample++)
        {
            InputGradientOne(
                deltas + (nint)sample * window.Positions * filters, gradients + (nint)sample * window.Input.Length, scratch);
        }
    }

    private void InputGradientOne(T* delta, T* gradient, T* scratch)
    {
        if (!IsFull(window))
        {
            AddBack(delta, gradient, scratch);
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

    /// <summary>δ·W, some lines of windows at a time so that the rows of taps stay in the cache until they are added.</summary>
    private void AddBack(T* delta, T* gradient, T* scratch)
    {
        var rows = scratch + PaddedLength;
        var target = _image.BeginAddBack(scratch, gradient);
        for (var line = 0; line < window.OutputHeight; line += _linesTogether)
        {
            var lines = Math.Min(_linesTogether, window.OutputHeight - line);
            Gemm.Multiply(
                lines * window.OutputWidth, _tapsRow, filters, delta + (nint)line * window.OutputWidth * filters, filters, 1,
                _turned.Pointer, _tapsRow, _zeros.Pointer, 0, rows, _tapsRow);
            _image.AddBack(window, rows, line, lines, target);
        }

        _image.EndAddBack(scratch, gradient);
    }

    /// <summary>Whether the input's gradient is computed as a full convolution: it must meet no gaps between windows, and adding back
    /// serves better where larger windows lie inside the input only, because a full convolution then multiplies many zeros.</summary>
    private static bool IsFull(Window window) =>
        window.Stride == new Extent(1, 1) && (window.IsPadded || window.Kernel == new Extent(1, 1));
}
