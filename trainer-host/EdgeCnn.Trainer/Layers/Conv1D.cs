using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Convolution along a line, of time or of a spectrum: out[x, o] = bias[o] + Σ in[x·stride + k·dilation − left, c] · weights[o, k, c],
/// over k and c. The input is 1×length×channels; of an image every row is a line of its own.
/// </summary>
[Kind("conv1d")]
public sealed class Conv1D<T> : TapConvolution<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _kernel;
    private readonly int _stride;
    private readonly int _dilation;
    private readonly Padding _padding;

    /// <summary>A convolution with <paramref name="filters"/> output channels.</summary>
    /// <param name="filters">Number of output channels, 1 or more.</param>
    /// <param name="kernel">Taps, 1 or more.</param>
    /// <param name="stride">Distance between windows.</param>
    /// <param name="padding">Zeros at the left and right ends; none when absent.</param>
    /// <param name="dilation">Distance between taps.</param>
    /// <param name="initializer">How the weights start; He normal when absent.</param>
    public Conv1D(
        int filters, int kernel, int stride = 1, Padding padding = default, int dilation = 1, Initializer? initializer = null)
        : base(filters, initializer)
    {
        _kernel = Require.AtLeast(kernel, 1, nameof(kernel));
        _stride = Require.AtLeast(stride, 1, nameof(stride));
        _dilation = Require.AtLeast(dilation, 1, nameof(dilation));
        _padding = padding.Same ? padding : Padding.Of(0, padding.Left, 0, padding.Right);
    }

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new Conv1D<T>(3, 3), new(1, 9, 2)),
        new(new Conv1D<T>(5, 4, 2, Padding.SameSize), new(1, 11, 3)),
        new(new Conv1D<T>(2, 3, 1, Padding.Of(2), 2), new(2, 8, 9)),
    ];

    /// <summary>The windows, with the padding resolved for the input.</summary>
    public Window Window { get; private set; } = null!;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(EdgeCnn.Conv2D.Code, OwnFields.Of(Window));

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        Window = new Window(input, new(1, _kernel), new(1, _stride), _padding, new(1, _dilation));
        Prepare(new TapTable(Window), input, _kernel);
        return new Shape(Window.OutputHeight, Window.OutputWidth, Filters);
    }
}
