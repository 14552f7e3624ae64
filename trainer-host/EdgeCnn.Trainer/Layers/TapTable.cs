using System;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Which pixel of an image or volume each tap of a kernel meets at each place, for windows of up to three axes, with any stride and
/// dilation.
/// </summary>
/// <remarks>Along an axis, tap k at place p meets p·stride − before + k·dilation.</remarks>
internal sealed class TapTable
{
    private readonly int[] _pixels;

    /// <summary>Lists the pixels.</summary>
    /// <param name="image">What the windows slide over.</param>
    /// <param name="places">How many windows there are along each axis.</param>
    /// <param name="kernel">Size of the windows, in taps.</param>
    /// <param name="stride">Distance between windows.</param>
    /// <param name="dilation">Distance between taps.</param>
    /// <param name="before">Padding before the first pixel of each axis.</param>
    public TapTable(
        Shape image, VolumeExtent places, VolumeExtent kernel, VolumeExtent stride, VolumeExtent dilation, VolumeExtent before)
    {
        Taps = checked(kernel.Depth * kernel.Height * kernel.Width);
        Places = checked(places.Depth * places.Height * places.Width);
        _pixels = new int[checked(Places * Taps)];
        var next = 0;
        for (var place = 0; place < Places; place++)
        {
            int x = place % places.Width, y = place / places.Width % places.Height, z = place / places.Width / places.Height;
            for (var tap = 0; tap < Taps; tap++)
            {
                int kx = tap % kernel.Width, ky = tap / kernel.Width % kernel.Height, kz = tap / kernel.Width / kernel.Height;
                var slice = z * stride.Depth - before.Depth + kz * dilation.Depth;
                var row = y * stride.Height - before.Height + ky * dilation.Height;
                var column = x * stride.Width - before.Width + kx * dilation.Width;
                var isInside = slice >= 0 && slice < image.Depth && row >= 0 && row < image.Height && column >= 0 && column < image.Width;
                _pixels[next++] = isInside ? (slice * image.Height + row) * image.Width + column : -1;
            }
        }
    }

    /// <summary>The windows of an image.</summary>
    public TapTable(Window window)
        : this(
            window.Input, new(1, window.OutputHeight, window.OutputWidth), Flat(window.Kernel), Flat(window.Stride), Flat(window.Dilation),
            new(0, window.Top, window.Left))
    {
    }

    /// <summary>Taps of the kernel.</summary>
    public int Taps { get; }

    /// <summary>Number of windows.</summary>
    public int Places { get; }

    /// <summary>For every place, the pixel that each tap meets; −1 outside the image.</summary>
    public ReadOnlySpan<int> Pixels => _pixels;

    private static VolumeExtent Flat(Extent extent) => new(1, extent.Height, extent.Width);
}
