using System;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// A kernel that slides over an input: which inputs the window of each output covers. Shared by convolution and pooling. Output (y,
/// x) looks
/// at rows y·stride.Height − Top … + kernel.Height − 1, and columns likewise.
/// </summary>
public sealed class Window
{
    /// <summary>Resolves <paramref name="padding"/> for an input.</summary>
    /// <exception cref="ArgumentException">The kernel does not fit into the padded input, or the padding holds a whole kernel.</exception>
    public Window(Shape input, Extent kernel, Extent stride, Padding padding, Extent? dilation = null)
    {
        (Input, Kernel, Stride, Dilation) = (input, kernel, stride, dilation ?? new Extent(1, 1));
        int height = Reach(kernel.Height, Dilation.Height), width = Reach(kernel.Width, Dilation.Width);
        (OutputHeight, Top, PaddedHeight) = Resolve(input.Height, height, stride.Height, padding.Same, padding.Top, padding.Bottom);
        (OutputWidth, Left, PaddedWidth) = Resolve(input.Width, width, stride.Width, padding.Same, padding.Left, padding.Right);
        if (input.IsVolume)
            throw Require.Refuse("kernel", $"an input of {input} is a volume; use conv3d, or flatten or reshape before this layer");
        if (OutputHeight < 1 || OutputWidth < 1)
            throw Require.Refuse("kernel", $"{kernel} does not fit into the input {input}; use a smaller kernel or padding");
        if (Math.Max(padding.Top, padding.Bottom) >= height || Math.Max(padding.Left, padding.Right) >= width)
            throw Require.Refuse("padding", $"it would hold a whole {kernel} kernel; use less than the kernel's size");
    }

    /// <summary>Shape that the window slides over.</summary>
    public Shape Input { get; }

    /// <summary>Size of the window.</summary>
    public Extent Kernel { get; }

    /// <summary>Distance between the windows of neighbouring outputs.</summary>
    public Extent Stride { get; }

    /// <summary>Distance between neighbouring taps of the kernel.</summary>
    public Extent Dilation { get; }

    /// <summary>Rows of padding above.</summary>
    public int Top { get; }

    /// <summary>Columns of padding to the left.</summary>
    public int Left { get; }

    /// <summary>Rows that the windows cover, padding included.</summary>
    public int PaddedHeight { get; }

    /// <summary>Columns that the windows cover, padding included.</summary>
    public int PaddedWidth { get; }

    /// <summary>Rows of the output.</summary>
    public int OutputHeight { get; }

    /// <summary>Columns of the output.</summary>
    public int OutputWidth { get; }

    /// <summary>Number of outputs per channel.</summary>
    public int Positions => OutputHeight * OutputWidth;

    /// <summary>True when some window reaches outside of the input.</summary>
    public bool IsPadded => Top > 0 || Left > 0 || PaddedHeight > Input.Height || PaddedWidth > Input.Width;

    /// <summary>
    /// The rows of the input that the windows of output row <paramref name="y"/> cover, without dilation: first, and one past the last.
    /// </summary>
    public (int First, int End) Rows(int y) => Clip(y * Stride.Height - Top, Kernel.Height, Input.Height);

    /// <summary>The columns of the input that the windows of output column <paramref name="x"/> cover.</summary>
    public (int First, int End) Columns(int x) => Clip(x * Stride.Width - Left, Kernel.Width, Input.Width);

    private static (int First, int End) Clip(int start, int length, int limit) => (Math.Max(start, 0), Math.Min(start + length, limit));

    /// <summary>Places from a kernel's first tap to its last.</summary>
    internal static int Reach(int kernel, int dilation) => checked((kernel - 1) * dilation + 1);

    internal static (int Outputs, int Before, int Padded) Resolve(int input, int kernel, int stride, bool same, int before, int behind)
    {
        int outputs;
        if (same)
        {
            outputs = (input + stride - 1) / stride;
            before = Math.Max((outputs - 1) * stride + kernel - input, 0) / 2;
        }
        else
        {
            var room = input + before + behind - kernel;
            outputs = room < 0 ? 0 : room / stride + 1;
        }

        return (outputs, before, (outputs - 1) * stride + kernel);
    }
}
