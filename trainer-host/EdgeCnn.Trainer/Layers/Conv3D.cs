using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Convolution over volumes or videos: out[z, y, x, o] = bias[o] + Σ in[z·s + kz·d − p, y·s + ky·d − p, x·s + kx·d − p, c] ·
/// weights[o, kz, ky, kx, c] over the kernel and c, with stride s, dilation d and padding p of each axis.
/// </summary>
[Kind("conv3d")]
public sealed class Conv3D<T> : TapConvolution<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostInFile = byte.MaxValue;
    private readonly VolumeExtent _kernel;
    private readonly VolumeExtent _stride;
    private readonly VolumeExtent _dilation;
    private readonly Padding _padding;
    private VolumeExtent _before;

    /// <summary>A convolution with <paramref name="filters"/> output channels.</summary>
    /// <param name="filters">Number of output channels, 1 or more.</param>
    /// <param name="kernel">Size of the kernels.</param>
    /// <param name="stride">Distance between windows; 1 when absent.</param>
    /// <param name="padding">Zeros around the input, equally many on all sides; none when absent.</param>
    /// <param name="dilation">Distance between taps; 1 when absent.</param>
    /// <param name="initializer">How the weights start; He normal when absent.</param>
    public Conv3D(
        int filters, VolumeExtent kernel, VolumeExtent? stride = null, Padding padding = default, VolumeExtent? dilation = null,
        Initializer? initializer = null)
        : base(filters, initializer)
    {
        (_kernel, _stride, _dilation, _padding) = (kernel, stride ?? new(1, 1, 1), dilation ?? new(1, 1, 1), padding);
        if (padding.Top != padding.Left || padding.Top != padding.Bottom || padding.Top != padding.Right)
            throw Require.Refuse(nameof(padding), "a volume is padded equally on all sides; use \"valid\", \"same\" or one number");
    }

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new Conv3D<T>(2, new(2, 2, 2)), Shape.Volume(2, 4, 4, 1)),
        new(new Conv3D<T>(3, new(3, 2, 3), new(1, 2, 2), Padding.SameSize), Shape.Volume(3, 4, 5, 2)),
        new(new Conv3D<T>(9, new(2, 1, 3), padding: Padding.Of(1), dilation: new(2, 2, 1)), Shape.Volume(4, 3, 3, 3)),
    ];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(EdgeCnn.Conv3D.Code, OwnFields.None())
    {
        Params = [.. Sides(_kernel), .. Sides(_stride), .. Sides(_before), .. Sides(_dilation)],
    };

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        if (!input.IsVolume)
            throw Require.Refuse("input", $"{input} is an image; reshape it to [depth, height, width, channels] before");
        var depth = Resolve(input.Depth, _kernel.Depth, _stride.Depth, _dilation.Depth);
        var height = Resolve(input.Height, _kernel.Height, _stride.Height, _dilation.Height);
        var width = Resolve(input.Width, _kernel.Width, _stride.Width, _dilation.Width);
        _before = new(depth.Before, height.Before, width.Before);
        if (Math.Min(depth.Outputs, Math.Min(height.Outputs, width.Outputs)) < 1)
            throw Require.Refuse("kernel", $"{_kernel} does not fit into the input {input}; use a smaller kernel or padding");
        var places = new VolumeExtent(depth.Outputs, height.Outputs, width.Outputs);
        Prepare(
            new TapTable(input, places, _kernel, _stride, _dilation, _before), input, _kernel.Depth, _kernel.Height, _kernel.Width);
        return Shape.Volume(depth.Outputs, height.Outputs, width.Outputs, Filters);
    }

    /// <summary>Outputs of an axis, and the padding before its first pixel: an axis whose kernel is 1 has none.</summary>
    private (int Outputs, int Before) Resolve(int input, int kernel, int stride, int dilation)
    {
        var reach = Window.Reach(kernel, dilation);
        var side = Math.Min(_padding.Top, reach - 1);
        var (outputs, before, _) = Window.Resolve(input, reach, stride, _padding.Same, side, side);
        return (outputs, before);
    }

    private static IEnumerable<byte> Sides(VolumeExtent extent) =>
        new[] { extent.Depth, extent.Height, extent.Width }.Select(side => side <= MostInFile
            ? (byte)side
            : throw new ExportException($"{side} does not fit the file format as a side of a kernel over volumes; at most {MostInFile}"));
}
