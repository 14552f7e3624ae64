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
/// Convolution: out[y, x, o] = bias[o] + Σ in[y·stride + ky − top, x·stride + kx − left, c] · weights[o, ky, kx, c], over ky, kx and c.
/// </summary>
/// <remarks>How forward and backward become matrix products is in <see cref="WindowProduct{T}"/>.</remarks>
[Kind("conv2d")]
public sealed unsafe class Conv2D<T> : Layer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private WindowProduct<T> _product = null!;

    /// <summary>A convolution with <paramref name="filters"/> output channels.</summary>
    /// <param name="filters">Number of output channels, 1 or more.</param>
    /// <param name="kernel">Size of the kernels.</param>
    /// <param name="stride">Distance between windows; 1×1 when absent.</param>
    /// <param name="padding">Zeros around the input; none when absent.</param>
    /// <param name="initializer">How the weights start; He normal when absent.</param>
    public Conv2D(int filters, Extent kernel, Extent? stride = null, Padding padding = default, Initializer? initializer = null)
    {
        Filters = Require.AtLeast(filters, 1, nameof(filters));
        (Kernel, Stride, Padding) = (kernel, stride ?? new Extent(1, 1), padding);
        Initializer = initializer ?? Initializer;
    }

    /// <summary>Number of output channels.</summary>
    public int Filters { get; }

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
        new(new Conv2D<T>(3, new(2, 2)), new(4, 4, 2)),
        new(new Conv2D<T>(6, new(5, 5), padding: Padding.Of(2)), new(7, 6, 1)),
        new(new Conv2D<T>(17, new(3, 3), new(2, 2), Padding.SameSize), new(6, 7, 3)),
        new(new Conv2D<T>(2, new(1, 3), new(2, 1), Padding.Of(0, 1, 0, 2)), new(5, 4, 9)),
        new(new Conv2D<T>(5, new(3, 2), new(3, 3), Padding.Of(2, 1, 0, 0)), new(9, 7, 2)),
    ];

    /// <inheritdoc/>
    public override int ScratchLength => _product.ScratchLength;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(Conv2D.Code, OwnFields.Of(Window));

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        for (var sample = 0; sample < work.Count; sample++)
        {
            _product.Forward(
                work.Input + (nint)sample * Input.Length, Bias!.Pointer, work.Output + (nint)sample * Output.Length, work.Scratch);
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        _product.WeightGradient(work.Input, work.OutputGradient, work.Count, work.GradientOf(Weights!), work.Scratch);
        Loops.SumRows(work.OutputGradient, work.Count * Window.Positions, Filters, work.GradientOf(Bias!));
        if (work.InputGradient == null)
            return;
        for (var sample = 0; sample < work.Count; sample++)
        {
            _product.InputGradient(
                work.OutputGradient + (nint)sample * Output.Length, Weights!.Pointer,
                work.InputGradient + (nint)sample * Input.Length, work.Scratch);
        }
    }

    /// <inheritdoc/>
    public override void WeightsChanged() => _product.WeightsChanged(Weights!.Pointer);

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        Window = new Window(input, Kernel, Stride, Padding);
        var area = Kernel.Height * Kernel.Width;
        Weights = new("weights", true, area * input.Channels, Filters * area, Filters, Kernel.Height, Kernel.Width, input.Channels);
        Bias = new("bias", false, area * input.Channels, Filters * area, Filters);
        _product = new WindowProduct<T>(Window, Filters);
        return new Shape(Window.OutputHeight, Window.OutputWidth, Filters);
    }
}
