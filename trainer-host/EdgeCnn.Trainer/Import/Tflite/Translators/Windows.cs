using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>What convolution and pooling share: kernel, stride, dilation and TensorFlow's two kinds of padding.</summary>
internal static class Windows
{
    /// <summary>The record's window fields; the padding is what TensorFlow's rule for SAME puts before the first row and column.</summary>
    public static byte[] Fields(
        Translation t, TfliteTensor input, int kernelHeight, int kernelWidth, Extent stride, Extent dilation, bool same)
    {
        if (input.Shape.Length != 4) throw t.Refuse("the input must have four dimensions");
        int padTop = same ? PadBefore(t, input.Shape[1], kernelHeight, stride.Height, dilation.Height) : 0;
        int padLeft = same ? PadBefore(t, input.Shape[2], kernelWidth, stride.Width, dilation.Width) : 0;
        return OwnFields.Of(kernelHeight, kernelWidth, stride.Height, stride.Width, padTop, padLeft, dilation.Height, dilation.Width);
    }

    /// <summary>The params block of <see cref="Conv3D"/>: kernel, stride, padding and dilation, each for depth, height and width.</summary>
    public static byte[] Volume(Translation t, int[] kernel, int[] stride, int[] dilation, bool same)
    {
        int[] size = t.Input(0).Shape[1..4];
        int[] padding = [.. size.Select((places, axis) => same ? PadBefore(t, places, kernel[axis], stride[axis], dilation[axis]) : 0)];
        int[] fields = [.. kernel, .. stride, .. padding, .. dilation];
        return fields.FirstOrDefault(value => value is < 0 or > 255) is var wrong and not 0
            ? throw t.Refuse($"a window, stride, padding or dilation of {wrong} does not fit the file format; at most 255")
            : [.. fields.Select(value => (byte)value)];
    }

    private static int PadBefore(Translation t, int size, int kernel, int stride, int dilation)
    {
        if (stride < 1 || dilation < 1) throw t.Refuse($"a stride of {stride} with a dilation of {dilation} is impossible");
        int outputs = (size + stride - 1) / stride, covered = (outputs - 1) * stride + (kernel - 1) * dilation + 1;
        return covered > size ? (covered - size) / 2 : 0;
    }

    /// <summary>AVERAGE_POOL_2D and MAX_POOL_2D: options padding, strideW, strideH, filterW, filterH, activation.</summary>
    [Translates(TfliteOperator.AveragePool2D)]
    [Translates(TfliteOperator.MaxPool2D)]
    public static void Pool(Translation t)
    {
        TfliteTensor input = t.Input(0), output = t.Output();
        t.RequireSameQuantization(input, output);
        byte[] own = Fields(
            t, input, t.Options.Int32(4), t.Options.Int32(3), new Extent(t.Options.Int32(2), t.Options.Int32(1)), new Extent(1, 1),
            t.Options.Int8(0) == 0);
        (double min, double max) = t.Activation(t.Options.Int8(5));
        OwnFields.SetClamp(own, output.Quantization, min, max, t.ElementTypeOf(output));
        t.Add(t.Code == TfliteOperator.MaxPool2D ? MaxPool.Code : AveragePool.Code, [input], output, own);
    }
}
