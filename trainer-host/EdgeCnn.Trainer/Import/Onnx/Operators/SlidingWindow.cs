using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>
/// The window of a convolution or pooling over the places of N×C×H×W (or N×C×W, which is an image of one row): kernel, stride, dilation
/// and padding of the two axes.
/// </summary>
internal sealed record SlidingWindow(int[] Input, int[] Kernel, int[] Stride, int[] Dilation, int[] Before, int[] After, bool Ceil)
{
    /// <summary>Places that windows begin at, along each axis.</summary>
    public int[] Output => [.. Enumerable.Range(0, 2).Select(axis =>
    {
        int room = Input[axis] + Before[axis] + After[axis] - (Kernel[axis] - 1) * Dilation[axis] - 1;
        int places = room < 0 ? 0 : (Ceil ? (room + Stride[axis] - 1) / Stride[axis] : room / Stride[axis]) + 1;
        // A window that would begin behind the image and its padding before is left out.
        return Ceil && places > 1 && (places - 1) * Stride[axis] >= Input[axis] + Before[axis] ? places - 1 : places;
    })];

    /// <summary>Elements under a window.</summary>
    public int Taps => Kernel[0] * Kernel[1];

    public bool IsPadded => Before.Concat(After).Any(places => places != 0);

    /// <summary>Reads the attributes kernel_shape, strides, dilations, pads, auto_pad and ceil_mode.</summary>
    /// <param name="call">A convolution or pooling.</param>
    /// <param name="kernel">The kernel's places where its filter says them.</param>
    public static SlidingWindow Of(OnnxCall call, int[]? kernel = null)
    {
        call.RequireRank(0, 3, 4);
        int axes = call.Rank() - 2;
        int[] sizes = call.Integers("kernel_shape", kernel ?? []), strides = call.Integers("strides", Ones(axes));
        int[] dilations = call.Integers("dilations", Ones(axes)), pads = call.Integers("pads", new int[2 * axes]);
        if (sizes.Length != axes || strides.Length != axes || dilations.Length != axes || pads.Length != 2 * axes)
            throw call.Refuse("kernel, strides, dilations and pads do not fit the input's dimensions");
        if (sizes.Concat(strides).Concat(dilations).Any(value => value is < 1 or > ImportLimits.TensorElements)
            || pads.Any(value => value is < 0 or > ImportLimits.TensorElements) || (kernel is not null && !kernel.SequenceEqual(sizes)))
            throw call.Refuse("kernel, strides, dilations or pads are impossible");
        if (sizes.Zip(dilations, (size, dilation) => (long)size * dilation).Any(reach => reach > ImportLimits.TensorElements))
            throw call.Refuse("the kernel reaches too far");
        int[] before = pads[..axes], after = pads[axes..], input = call.Shape()[2..];
        string automatic = call.Text("auto_pad", "NOTSET");
        if (automatic is "SAME_UPPER" or "SAME_LOWER")
        {
            for (int i = 0; i < axes; i++)
            {
                int places = (input[i] + strides[i] - 1) / strides[i];
                int border = Math.Max(0, (places - 1) * strides[i] + (sizes[i] - 1) * dilations[i] + 1 - input[i]);
                (before[i], after[i]) = automatic == "SAME_UPPER" ? (border / 2, border - border / 2) : (border - border / 2, border / 2);
            }
        }
        var window = new SlidingWindow(
            Two(input, 1), Two(sizes, 1), Two(strides, 1), Two(dilations, 1), Two(before, 0), Two(after, 0),
                call.Integer("ceil_mode", 0) != 0);
        return window.Output.Any(places => places < 1) ? throw call.Refuse("the window is larger than the input") : window;
    }

    /// <summary>N×C×(the windows' places) with as many dimensions as the input has.</summary>
    public int[] OutputShape(OnnxCall call, int channels) => [call.Shape()[0], channels, .. Output.TakeLast(call.Rank() - 2)];

    /// <summary>The record's window fields; the clamp is still to be set.</summary>
    public byte[] Fields() => OwnFields.Of(
        Kernel[0], Kernel[1], Stride[0], Stride[1], Before[0], Before[1], Dilation[0], Dilation[1]);

    /// <summary>The first place of the input under a window, and how many of the kernel's taps along the axis meet the input from which
    /// on.</summary>
    public (int Start, int First, int End) Taken(int axis, int place)
    {
        int start = place * Stride[axis] - Before[axis], step = Dilation[axis];
        int first = start < 0 ? (-start + step - 1) / step : 0;
        int end = start >= Input[axis] ? 0 : Math.Min(Kernel[axis], (Input[axis] - start + step - 1) / step);
        return (start, first, end);
    }

    private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];

    private static int[] Two(int[] values, int missing) => values.Length == 2 ? values : [missing, values[0]];
}
