using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
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
    /// <summary>A depthwise convolution.</summary>
    /// <param name="kernel">Size of the kernels.</param>
    /// <param name="multiplier">Output channels per input channel, 1 or more.</param>
    /// <param name="stride">Distance between windows; 1×1 when absent.</param>
    /// <param name="padding">Zeros around the input; none when absent.</param>
    /// <param name="initializer">How the weights start; He normal when absent.</param>
    public DepthwiseConv2D(Extent kernel, int multiplier = 1, Extent? stride = null, Padding padding = default, Initializer? initializer = null)
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

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        int channels = Output.Channels, taps = Kernel.Height * Kernel.Width;
        T* output = work.Output;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var input = work.Input + (nint)sample * Input.Length;
            for (var y = 0; y < Window.OutputHeight; y++)
            {
                for (var x = 0; x < Window.OutputWidth; x++, output += channels)
                {
                    for (var o = 0; o < channels; o++)
                        output[o] = Bias!.Pointer[o];
                    foreach (var (tap, place) in Taps(y, x))
                    {
                        for (var o = 0; o < channels; o++)
                            output[o] += input[place + o / Multiplier] * Weights!.Pointer[o * taps + tap];
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        int channels = Output.Channels, taps = Kernel.Height * Kernel.Width;
        T* weightGradient = work.GradientOf(Weights!), biasGradient = work.GradientOf(Bias!), delta = work.OutputGradient;
        new System.Span<T>(weightGradient, Weights!.Length).Clear();
        new System.Span<T>(biasGradient, channels).Clear();
        if (work.InputGradient != null)
            new System.Span<T>(work.InputGradient, work.Count * Input.Length).Clear();
        for (var sample = 0; sample < work.Count; sample++)
        {
            var start = (nint)sample * Input.Length;
            for (var y = 0; y < Window.OutputHeight; y++)
            {
                for (var x = 0; x < Window.OutputWidth; x++, delta += channels)
                {
                    for (var o = 0; o < channels; o++)
                        biasGradient[o] += delta[o];
                    foreach (var (tap, place) in Taps(y, x))
                    {
                        for (var o = 0; o < channels; o++)
                            weightGradient[o * taps + tap] += delta[o] * work.Input[start + place + o / Multiplier];
                        for (var o = 0; o < channels && work.InputGradient != null; o++)
                            work.InputGradient[start + place + o / Multiplier] += delta[o] * Weights.Pointer[o * taps + tap];
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        Window = new Window(input, Kernel, Stride, Padding);
        int area = Kernel.Height * Kernel.Width, channels = checked(input.Channels * Multiplier);
        Weights = new("weights", true, area, Multiplier * area, channels, Kernel.Height, Kernel.Width);
        Bias = new("bias", false, area, Multiplier * area, channels);
        return new Shape(Window.OutputHeight, Window.OutputWidth, channels);
    }

    /// <summary>The taps of the window at (y, x) that lie inside the input, and where in a sample their first channel is.</summary>
    private TapWalk Taps(int y, int x) => new(Window, y, x);

    private ref struct TapWalk(Window window, int y, int x)
    {
        private readonly (int First, int End) _rows = window.Rows(y), _columns = window.Columns(x);
        private int _row = window.Rows(y).First, _column = window.Columns(x).First - 1;

        public readonly (int Tap, int Place) Current => (
            (_row - y * window.Stride.Height + window.Top) * window.Kernel.Width + _column - x * window.Stride.Width + window.Left,
            (_row * window.Input.Width + _column) * window.Input.Channels);

        public readonly TapWalk GetEnumerator() => this;

        public bool MoveNext()
        {
            if (++_column < _columns.End)
                return true;
            _column = _columns.First;
            return ++_row < _rows.End;
        }
    }
}
