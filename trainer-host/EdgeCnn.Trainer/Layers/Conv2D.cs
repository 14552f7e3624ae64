using System;
using System.Collections.Generic;
using System.Linq;
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
    private WindowProduct<T>? _product;
    private PointProduct<T>? _points;
    private TapProduct<T>? _taps;

    /// <summary>A convolution with <paramref name="filters"/> output channels.</summary>
    /// <param name="filters">Number of output channels, 1 or more.</param>
    /// <param name="kernel">Size of the kernels.</param>
    /// <param name="stride">Distance between windows; 1×1 when absent.</param>
    /// <param name="padding">Zeros around the input; none when absent.</param>
    /// <param name="initializer">How the weights start; He normal when absent.</param>
    /// <param name="dilation">Distance between taps; 1×1 when absent.</param>
    /// <param name="groups">Parts into which input and output channels are dealt in their order; each filter sees the inputs of its part.
    /// Divides both.</param>
    /// <param name="connections">Which input maps each filter reads; the weights of the others stay 0. All when absent.</param>
    public Conv2D(
        int filters, Extent kernel, Extent? stride = null, Padding padding = default, Initializer? initializer = null,
        Extent? dilation = null, int groups = 1, ConnectionTable? connections = null)
    {
        Filters = Require.AtLeast(filters, 1, nameof(filters));
        (Kernel, Stride, Padding, Dilation) = (kernel, stride ?? new Extent(1, 1), padding, dilation ?? new Extent(1, 1));
        (Groups, Connections) = (Require.AtLeast(groups, 1, nameof(groups)), connections);
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

    /// <summary>Distance between taps.</summary>
    public Extent Dilation { get; }

    /// <summary>Parts into which channels are dealt.</summary>
    public int Groups { get; }

    /// <summary>Which input maps each filter reads; null: all.</summary>
    public ConnectionTable? Connections { get; }

    /// <summary>The windows, with the padding resolved for the input.</summary>
    public Window Window { get; private set; } = null!;

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new Conv2D<T>(3, new(2, 2)), new(4, 4, 2)),
        new(new Conv2D<T>(6, new(5, 5), padding: Padding.Of(2)), new(7, 6, 1)),
        new(new Conv2D<T>(17, new(3, 3), new(2, 2), Padding.SameSize), new(6, 7, 3)),
        new(new Conv2D<T>(2, new(1, 3), new(2, 1), Padding.Of(0, 1, 0, 2)), new(5, 4, 9)),
        new(new Conv2D<T>(10, new(3, 3), padding: Padding.SameSize), new(6, 7, 4)),
        new(new Conv2D<T>(16, new(3, 3), padding: Padding.Of(1)), new(4, 2, 16)),
        new(new Conv2D<T>(5, new(3, 2), new(3, 3), Padding.Of(2, 1, 0, 0)), new(9, 7, 2)),
        new(new Conv2D<T>(17, new(1, 1)), new(3, 2, 3)),
        new(new Conv2D<T>(3, new(2, 3), padding: Padding.Of(1), dilation: new(2, 2)), new(6, 7, 2)),
        new(new Conv2D<T>(6, new(3, 2), new(2, 1), Padding.SameSize, groups: 3), new(5, 4, 9)),
        new(new Conv2D<T>(3, new(2, 2), connections: new([[0], [1, 3], [0, 1, 2, 3]])), new(3, 3, 4)),
    ];

    /// <inheritdoc/>
    public override int ScratchLength => _taps?.ScratchLength ?? _product?.ScratchLength ?? 0;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => Groups == 1
        ? new OperatorForm(Conv2D.Code, OwnFields.Of(Window))
        : new OperatorForm(GroupedConv2D.Code, OwnFields.Of(Window)) { Number = Groups };

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        if (_taps is not null)
            _taps.Forward(work, Bias!.Pointer);
        else if (_points is not null)
            _points.Forward(work.Input, work.Count * Window.Positions, Bias!.Pointer, work.Output, work.Upcoming);
        else
            _product!.Forward(work.Input, work.Count, Bias!.Pointer, work.Output, work.Scratch, work.Upcoming);
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        if (_taps is not null)
            _taps.Backward(work, Weights!.Pointer, work.GradientOf(Weights!), work.GradientOf(Bias!));
        else
            BackwardDense(work);
        Connections?.Mask(new Span<T>(work.GradientOf(Weights!), Weights!.Length), Input.Channels);
    }

    /// <inheritdoc/>
    public override void WeightsChanged()
    {
        Connections?.Mask(Weights!.Values, Input.Channels);
        _taps?.WeightsChanged(Weights!.Pointer);
        _points?.WeightsChanged(Weights!.Pointer);
        _product?.WeightsChanged(Weights!.Pointer);
    }

    private void BackwardDense(LayerWorkspace<T> work)
    {
        var places = work.Count * Window.Positions;
        if (_points is not null)
            _points.WeightGradient(work.Input, work.OutputGradient, places, work.GradientOf(Weights!), work.Upcoming);
        else
            _product!.WeightGradient(
                work.Input, work.OutputGradient, work.Count, work.GradientOf(Weights!), work.Scratch, work.Upcoming);
        if (Bias!.Trainable)
            Loops.SumRows(work.OutputGradient, places, Filters, work.GradientOf(Bias));
        if (work.InputGradient == null)
            return;
        if (_points is not null)
            _points.InputGradient(work.OutputGradient, places, Weights!.Pointer, work.InputGradient, work.Upcoming);
        else
            _product!.InputGradient(work.OutputGradient, work.Count, work.InputGradient, work.Scratch);
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        if (input.Channels % Groups != 0 || Filters % Groups != 0)
            throw Require.Refuse("groups", $"{Groups} does not divide {input.Channels} input channels and {Filters} filters");
        if (Connections is not null && Groups > 1)
            throw Require.Refuse("connections", "a table and groups exclude each other; write the groups into the table");
        Connections?.Check(input.Channels, Filters);
        Window = new Window(input, Kernel, Stride, Padding, Dilation);
        int area = Kernel.Height * Kernel.Width, depth = area * input.Channels / Groups, fanOut = Filters / Groups * area;
        Weights = new("weights", true, FanIn(depth), fanOut, Filters, Kernel.Height, Kernel.Width, input.Channels / Groups);
        Bias = new("bias", false, FanIn(depth), fanOut, Filters);
        if (Groups > 1 || Dilation != new Extent(1, 1))
            _taps = new TapProduct<T>(new TapTable(Window), input, Filters, Groups);
        else if (PointProduct<T>.Suits(Window))
            _points = new PointProduct<T>(input.Channels, Filters);
        else
            _product = new WindowProduct<T>(Window, Filters);

        return new Shape(Window.OutputHeight, Window.OutputWidth, Filters);
    }

    /// <summary>Inputs that a filter sums; with a connection table, their mean over the filters.</summary>
    private int FanIn(int depth) => Connections is null
        ? depth
        : Math.Max(1, Kernel.Height * Kernel.Width * Connections.Inputs.Sum(maps => maps.Count) / Filters);
}
