using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Convolution of each channel by itself, with m outputs per input channel:
/// out[y, x, o] = bias[o] + Σ in[y·stride + ky − top, x·stride + kx − left, o / m] · weights[o, ky, kx], over ky and kx.
/// </summary>
/// <remarks>
/// Backward, with δ the output's gradient: ∂L/∂weights[o, ky, kx] = Σ δ[y, x, o] · in[…, o / m] over the places (y, x), and δ · weights
/// is added back to the inputs that each window covers.
/// </remarks>
[Kind("depthwiseConv2d")]
public sealed unsafe class DepthwiseConv2D<T> : Layer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The weights with the channels innermost: (ky, kx, outputs).</summary>
    private Block<T> _byTap = null!;

    /// <summary>The same, taps in falling order: what the errors are correlated with where windows leave no gaps.</summary>
    private Block<T> _turned = null!;
    private Block<T> _zeros = null!;
    private WindowImage<T> _image = null!, _errors = null!;
    private DepthwiseLoops<T> _forward, _backward;
    private DepthwiseNeighbours<T>? _neighbours;

    /// <summary>A depthwise convolution.</summary>
    /// <param name="kernel">Size of the kernels.</param>
    /// <param name="multiplier">Output channels per input channel, 1 or more.</param>
    /// <param name="stride">Distance between windows; 1×1 when absent.</param>
    /// <param name="padding">Zeros around the input; none when absent.</param>
    /// <param name="initializer">How the weights start; He normal when absent.</param>
    public DepthwiseConv2D(
        Extent kernel, int multiplier = 1, Extent? stride = null, Padding padding = default, Initializer? initializer = null)
    {
        Multiplier = Require.AtLeast(multiplier, 1, nameof(multiplier));
        (Kernel, Stride, Padding) = (kernel, stride ?? new Extent(1, 1), padding);
        Initializer = initializer ?? Initializer;
    }

    /// <summary>Output channels per input channel.</summary>
    public int Multiplier { get; }

    /// <summary>Size of the kernels.</summary>
    public Extent Kernel { get; }

    /// <summary>Distance between windows.</summary>
    public Extent Stride { get; }

    /// <summary>Padding as asked for.</summary>
    public Padding Padding { get; }

    /// <summary>The windows, with the padding resolved for the input.</summary>
    public Window Window { get; private set; } = null!;

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new DepthwiseConv2D<T>(new(2, 2)), new(4, 4, 2)),
        new(new DepthwiseConv2D<T>(new(3, 3), padding: Padding.SameSize), new(7, 5, 18)),
        new(new DepthwiseConv2D<T>(new(3, 2), 3, new(2, 1), Padding.Of(1, 0, 1, 1)), new(6, 5, 3)),
        new(new DepthwiseConv2D<T>(new(5, 4), 8, new(2, 2), Padding.SameSize), new(9, 8, 1)),
    ];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(DepthwiseConv2D.Code, OwnFields.Of(Window));

    /// <summary>
    /// A padded image; the weights' gradient in the order of <see cref="_byTap"/>; with several outputs per channel the input and its
    /// gradient, repeated for each; columns of the input and the output's gradient.
    /// </summary>
    public override int ScratchLength => checked(
        PaddedLength + Align(Weights!.Length + Bias!.Length) + (Multiplier > 1 ? 2 * RepeatedLength : 0)
        + (TakesNormalizations ? 2 * ColumnSource<T>.BufferLength(Input) : 0));

    /// <inheritdoc/>
    /// <remarks>In vectors of 512 bits: a narrower column would be half a cache line.</remarks>
    internal override bool TakesNormalizations => _neighbours is not null && Vector512.IsHardwareAccelerated;

    private int PaddedLength => Math.Max(_image.Length, HasGaps ? 0 : _errors.Length);

    private int RepeatedLength => Align(checked(Input.Length * Multiplier));

    private bool HasGaps => Stride != new Extent(1, 1);

    /// <inheritdoc/>
    public override void WeightsChanged()
    {
        int channels = Output.Channels, taps = Kernel.Height * Kernel.Width;
        Loops.Transpose(Weights!.Pointer, channels, taps, _byTap.Pointer);
        for (var tap = 0; tap < taps; tap++)
            _byTap.Span.Slice(tap * channels, channels).CopyTo(_turned.Span[((taps - 1 - tap) * channels)..]);
    }

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        if (_neighbours is { } neighbours)
        {
            var soon = Soon(work, neighbours);
            for (var sample = 0; sample < work.Count; sample++)
            {
                var at = (nint)sample * Output.Length;
                neighbours.Correlate(
                    ColumnSource<T>.OfInput(work, at, Input, BufferOf(work)), _byTap.Pointer, Bias!.Pointer, work.Output + at, ref soon);
            }

            return;
        }

        for (var sample = 0; sample < work.Count; sample++)
            _forward.Correlate(
                Padded(work, sample), _byTap.Pointer, Bias!.Pointer, work.Output + (nint)sample * Output.Length);
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        if (_neighbours is { } neighbours && work.InputGradient != null)
        {
            BackwardBoth(work, neighbours);
            return;
        }

        int channels = Output.Channels, taps = Kernel.Height * Kernel.Width;
        T* gradient = work.Scratch + PaddedLength, repeatedGradient = gradient + Align(Weights!.Length) + RepeatedLength;
        new Span<T>(gradient, Weights.Length).Clear();
        for (var sample = 0; sample < work.Count; sample++)
        {
            var delta = work.OutputGradient + (nint)sample * Output.Length;
            _forward.AddWeightGradient(Padded(work, sample), delta, gradient);
            if (work.InputGradient == null)
                continue;
            var inputGradient = work.InputGradient + (nint)sample * Input.Length;
            var target = Multiplier > 1 ? repeatedGradient : inputGradient;
            if (HasGaps)
                DepthwiseErrors.Spread(Window, channels, delta, _byTap.Pointer, target);
            else
                _backward.Correlate(_errors.Of(delta, work.Scratch), _turned.Pointer, _zeros.Pointer, target);
            if (Multiplier > 1)
                SumRepeated(target, inputGradient);
        }

        Loops.Transpose(gradient, taps, channels, work.GradientOf(Weights));
        Loops.SumRows(work.OutputGradient, work.Count * Window.Positions, channels, work.GradientOf(Bias!));
    }

    private void BackwardBoth(LayerWorkspace<T> work, in DepthwiseNeighbours<T> neighbours)
    {
        var sums = work.Scratch;
        new Span<T>(sums, Weights!.Length + Bias!.Length).Clear();
        var soon = Soon(work, neighbours);
        for (var sample = 0; sample < work.Count; sample++)
        {
            var at = (nint)sample * Output.Length;
            neighbours.Backward(
                ColumnSource<T>.OfOutputGradient(work, at, Output, BufferOf(work) + ColumnSource<T>.BufferLength(Input)),
                ColumnSource<T>.OfInput(work, at, Input, BufferOf(work)), _byTap.Pointer, work.InputGradient + at, sums, ref soon);
        }

        Loops.Transpose(sums, DepthwiseNeighbours<T>.Taps, Output.Channels, work.GradientOf(Weights));
        new Span<T>(sums + Weights.Length, Bias.Length).CopyTo(new Span<T>(work.GradientOf(Bias), Bias.Length));
    }

    private T* BufferOf(LayerWorkspace<T> work) => work.Scratch + PaddedLength + Align(Weights!.Length + Bias!.Length);

    private UpcomingRows<T> Soon(LayerWorkspace<T> work, in DepthwiseNeighbours<T> neighbours) =>
        new(work.Upcoming, work.Count * Output.Length, work.Count * Output.Height * neighbours.Columns);

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        Window = new Window(input, Kernel, Stride, Padding);
        int area = Kernel.Height * Kernel.Width, channels = checked(input.Channels * Multiplier);
        Weights = new("weights", true, area, Multiplier * area, channels, Kernel.Height, Kernel.Width);
        Bias = new("bias", false, area, Multiplier * area, channels);
        _byTap = new Block<T>((long)area * channels);
        _turned = new Block<T>((long)area * channels);
        _zeros = new Block<T>(channels);
        var output = new Shape(Window.OutputHeight, Window.OutputWidth, channels);
        _image = new WindowImage<T>(
            new Shape(input.Height, input.Width, channels), Window.PaddedHeight, Window.PaddedWidth, Window.Top, Window.Left);
        _errors = new WindowImage<T>(
            output, input.Height + Kernel.Height - 1, input.Width + Kernel.Width - 1, Kernel.Height - 1 - Window.Top,
            Kernel.Width - 1 - Window.Left);
        _forward = LoopsOver(_image, output, Stride);
        _backward = LoopsOver(_errors, input, new Extent(1, 1));
        _neighbours = Multiplier == 1 && DepthwiseNeighbours<T>.Suit(Window) ? new(output) : null;
        return output;
    }

    private DepthwiseLoops<T> LoopsOver(WindowImage<T> image, Shape places, Extent stride)
    {
        var channels = Input.Channels * Multiplier;
        return new DepthwiseLoops<T>
        {
            Channels = channels,
            Kernel = Kernel,
            Places = new Extent(places.Height, places.Width),
            Row = image.Row,
            StepY = stride.Height * image.Row,
            StepX = stride.Width * channels,
        };
    }

    private static int Align(int length) => checked(length + 15) & ~15;

    /// <summary>A sample with its padding, as if every output had an input channel of its own.</summary>
    private T* Padded(LayerWorkspace<T> work, int sample)
    {
        var input = work.Input + (nint)sample * Input.Length;
        if (Multiplier == 1)
            return _image.Of(input, work.Scratch);
        var repeated = work.Scratch + PaddedLength + Align(Weights!.Length);
        for (var i = 0; i < Input.Length; i++)
            new Span<T>(repeated + (nint)i * Multiplier, Multiplier).Fill(input[i]);
        return _image.Of(repeated, work.Scratch);
    }

    private void SumRepeated(T* repeated, T* gradient)
    {
        for (var i = 0; i < Input.Length; i++, repeated += Multiplier)
        {
            var sum = repeated[0];
            for (var k = 1; k < Multiplier; k++)
                sum += repeated[k];
            gradient[i] = sum;
        }
    }
}
