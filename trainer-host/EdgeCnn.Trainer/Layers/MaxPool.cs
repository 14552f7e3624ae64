using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Down-sampling by the maximum: out[y, x, c] = max of in over the window of (y, x), padding left out. Backward, all of δ goes to the winner: the
/// first maximum of the window in row order.
/// </summary>
[Kind("maxPool")]
public sealed unsafe class MaxPool<T> : Layer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Maximum pooling.</summary>
    /// <param name="kernel">Size of the windows.</param>
    /// <param name="stride">Distance between windows; the kernel's size when absent.</param>
    /// <param name="padding">Enlargement of the input; none when absent.</param>
    public MaxPool(Extent kernel, Extent? stride = null, Padding padding = default) =>
        (Kernel, Stride, Padding) = (kernel, stride ?? kernel, padding);

    /// <summary>Size of the windows.</summary>
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
        new(new MaxPool<T>(new(2, 2)), new(4, 6, 3)),
        new(new MaxPool<T>(new(3, 2), new(2, 1)), new(7, 5, 9)),
        new(new MaxPool<T>(new(3, 3), new(2, 2), Padding.SameSize), new(6, 5, 2)),
        new(new MaxPool<T>(new(10, 10)), new(20, 20, 1)),
    ];

    /// <summary>One winner per output: its index in the window, row · kernel width + column.</summary>
    public override int StateLength => Output.Length;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(MaxPool.Code, OwnFields.Of(Window));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerWorkspace<T> work)
    {
        // Vectors run over the channels and hang over the last one: the next position overwrites what they leave there.
        int channels = Input.Channels, row = Input.Width * channels, lanes = Vector256<T>.Count;
        T* output = work.Output, winners = work.State;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var input = work.Input + (nint)sample * Input.Length;
            for (var y = 0; y < Output.Height; y++)
            {
                var (top, bottom) = Window.Rows(y);
                for (var x = 0; x < Output.Width; x++, output += channels, winners += channels)
                {
                    var (left, right) = Window.Columns(x);
                    for (var channel = 0; channel < channels; channel += lanes)
                    {
                        var first = WindowIndex(y, x, top, left);
                        var best = Vector256.Load(input + top * row + left * channels + channel);
                        var winner = Vector256.Create(T.CreateTruncating(first));
                        for (var iy = top; iy < bottom; iy++)
                        {
                            var source = input + iy * row + left * channels + channel;
                            var index = WindowIndex(y, x, iy, left);
                            for (var ix = left; ix < right; ix++, source += channels, index++)
                            {
                                var value = Vector256.Load(source);
                                var better = Vector256.GreaterThan(value, best);
                                best = Vector256.ConditionalSelect(better, value, best);
                                winner = Vector256.ConditionalSelect(better, Vector256.Create(T.CreateTruncating(index)), winner);
                            }
                        }

                        best.Store(output + channel);
                        winner.Store(winners + channel);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient == null)
            return;
        new System.Span<T>(work.InputGradient, work.Count * Input.Length).Clear();
        int channels = Input.Channels, row = Input.Width * channels;
        T* delta = work.OutputGradient, winners = work.State;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var gradient = work.InputGradient + (nint)sample * Input.Length;
            for (var y = 0; y < Output.Height; y++)
            {
                for (var x = 0; x < Output.Width; x++)
                {
                    var corner = gradient + (y * Stride.Height - Window.Top) * row + (x * Stride.Width - Window.Left) * channels;
                    for (var channel = 0; channel < channels; channel++, delta++, winners++)
                    {
                        var winner = uint.CreateTruncating(*winners);
                        var (wy, wx) = (winner / (uint)Kernel.Width, winner % (uint)Kernel.Width);
                        corner[(nint)wy * row + (nint)wx * channels + channel] += *delta;
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        Window = new Window(input, Kernel, Stride, Padding);
        return new Shape(Window.OutputHeight, Window.OutputWidth, input.Channels);
    }

    private int WindowIndex(int y, int x, int inputY, int inputX) =>
        (inputY - y * Stride.Height + Window.Top) * Kernel.Width + inputX - x * Stride.Width + Window.Left;
}
