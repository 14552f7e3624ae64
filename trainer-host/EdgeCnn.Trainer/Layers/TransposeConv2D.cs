using System;
using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Transposed convolution, the backward pass of a convolution used forward: every input adds its multiple of the kernel to the output,
/// out[y·stride + ky − top, x·stride + kx − left, o] += in[y, x, c] · weights[o, ky, kx, c], and bias[o] besides.
/// </summary>
/// <remarks>
/// With V the weights as (c, taps · o) and X a sample as (positions, c): forward X·V is added into the output's windows; backward, D being
/// what these windows see of δ, the input's gradient is D·Vᵀ and that of V is Xᵀ·D.
/// </remarks>
[Kind("transposeConv2d")]
public sealed unsafe class TransposeConv2D<T> : Layer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _filters;
    private readonly Extent _kernel;
    private readonly Extent _stride;
    private readonly Padding _padding;
    private TapMatrix<T> _matrix = null!;
    private Block<T> _kernels = null!;
    private Block<T> _transposed = null!;
    private Block<T> _zeros = null!;
    private Window _window = null!;

    /// <summary>A transposed convolution with <paramref name="filters"/> output channels.</summary>
    /// <param name="filters">Number of output channels, 1 or more.</param>
    /// <param name="kernel">Size of the kernels.</param>
    /// <param name="stride">Distance between the kernels of neighbouring inputs; 1×1 when absent.</param>
    /// <param name="padding">Rows and columns of the full result that are cut off; "same" gives input · stride. None when absent.</param>
    /// <param name="initializer">How the weights start; He normal when absent.</param>
    public TransposeConv2D(int filters, Extent kernel, Extent? stride = null, Padding padding = default, Initializer? initializer = null)
    {
        _filters = Require.AtLeast(filters, 1, nameof(filters));
        (_kernel, _stride, _padding) = (kernel, stride ?? new Extent(1, 1), padding);
        Initializer = initializer ?? Initializer;
    }

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new TransposeConv2D<T>(3, new(2, 2), new(2, 2)), new(3, 2, 2)),
        new(new TransposeConv2D<T>(2, new(3, 3), new(2, 2), Padding.SameSize), new(3, 4, 5)),
        new(new TransposeConv2D<T>(9, new(3, 2), new(1, 2), Padding.Of(1, 0, 2, 1)), new(3, 3, 1)),
    ];

    /// <summary>The windows of the convolution that this is the backward pass of, over the output.</summary>
    public Window Window => _window;

    /// <inheritdoc/>
    public override int ScratchLength => checked(_matrix.Length + _kernels.Length);

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(EdgeCnn.TransposeConv2D.Code, OwnFields.Of(_window));

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        for (var sample = 0; sample < work.Count; sample++)
        {
            var output = work.Output + (nint)sample * Output.Length;
            for (var i = 0; i < Output.Length; i += _filters)
                new Span<T>(Bias!.Pointer, _filters).CopyTo(new Span<T>(output + i, _filters));
            Gemm.Multiply(
                Input.Positions, _matrix.Columns, Input.Channels, work.Input + (nint)sample * Input.Length, Input.Channels, 1,
                _kernels.Pointer, _matrix.Columns, _zeros.Pointer, 0, work.Scratch, _matrix.Columns);
            _matrix.AddBack(work.Scratch, output, 0);
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        int columns = _matrix.Columns, channels = Input.Channels;
        var kernelGradient = work.Scratch + _matrix.Length;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var input = work.Input + (nint)sample * Input.Length;
            _matrix.Gather(work.OutputGradient + (nint)sample * Output.Length, 0, work.Scratch);
            if (work.InputGradient != null)
                Gemm.Multiply(
                    Input.Positions, channels, columns, work.Scratch, columns, 1, _transposed.Pointer, channels, _zeros.Pointer, 0,
                    work.InputGradient + (nint)sample * Input.Length, channels);
            Gemm.Multiply(
                columns, channels, Input.Positions, work.Scratch, 1, columns, input, channels,
                sample == 0 ? _zeros.Pointer : kernelGradient, sample == 0 ? 0 : channels, kernelGradient, channels);
        }

        Arrange(kernelGradient, work.GradientOf(Weights!));
        Loops.SumRows(work.OutputGradient, work.Count * Output.Positions, _filters, work.GradientOf(Bias!));
    }

    /// <inheritdoc/>
    public override void WeightsChanged()
    {
        // (o, taps, c) → (taps, o, c), and from there (c, taps · o).
        int area = _kernel.Height * _kernel.Width, channels = Input.Channels;
        for (var tap = 0; tap < area; tap++)
        {
            for (var filter = 0; filter < _filters; filter++)
                Channels(Weights!.Pointer, filter * area + tap).CopyTo(Channels(_transposed.Pointer, tap * _filters + filter));
        }

        Loops.Transpose(_transposed.Pointer, _matrix.Columns, channels, _kernels.Pointer);
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        int height = Size(input.Height, _kernel.Height, _stride.Height, _padding.Top + _padding.Bottom);
        int width = Size(input.Width, _kernel.Width, _stride.Width, _padding.Left + _padding.Right);
        if (height < 1 || width < 1)
            throw Require.Refuse("padding", $"it cuts off all of the {input} input's result; use less");
        var output = new Shape(height, width, _filters);
        _window = new Window(output, _kernel, _stride, _padding);
        if (input.IsVolume || (_window.OutputHeight, _window.OutputWidth) != (input.Height, input.Width))
            throw Require.Refuse("stride", $"{_stride} leaves gaps that the kernel {_kernel} can't fill; use a larger kernel");
        _matrix = new TapMatrix<T>(new TapTable(_window), _filters, _filters);
        var area = _kernel.Height * _kernel.Width;
        Weights = new("weights", true, area * input.Channels, _filters * area, _filters, _kernel.Height, _kernel.Width, input.Channels);
        Bias = new("bias", false, area * input.Channels, _filters * area, _filters);
        (_kernels, _transposed) = (new Block<T>(Weights.Length), new Block<T>(Weights.Length));
        _zeros = new Block<T>(Math.Max(_matrix.Columns, input.Channels));
        return output;
    }

    private int Size(int input, int kernel, int stride, int cut) =>
        _padding.Same ? checked(input * stride) : checked((input - 1) * stride + kernel - cut);

    /// <summary>(taps, o, c) → (o, taps, c).</summary>
    private void Arrange(T* from, T* to)
    {
        var area = _kernel.Height * _kernel.Width;
        for (var tap = 0; tap < area; tap++)
        {
            for (var filter = 0; filter < _filters; filter++)
                Channels(from, tap * _filters + filter).CopyTo(Channels(to, filter * area + tap));
        }
    }

    private Span<T> Channels(T* values, int row) => new(values + (nint)row * Input.Channels, Input.Channels);
}
