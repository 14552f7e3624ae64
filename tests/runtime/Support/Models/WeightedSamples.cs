using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests.Models;

/// <summary>Convolutions and products of matrices, with any scales, batches and dilations.</summary>
internal static class WeightedSamples
{
    /// <summary>The final rounding, and that of the first product.</summary>
    private const double OneStep = 1;

    /// <summary>A multiplier of 16 bits is off by 2⁻¹⁶ of its value at the most, 2⁻¹⁵ at its upper end: 1 step of 32,768.</summary>
    private const double WideStep = 2;

    [Sample]
    internal static OperatorSample Conv2D(SampleRandom random) => Convolution(random, EdgeCnn.Conv2D.Code, ElementType.Int8);

    /// <summary>One input channel and few filters, over rows of more than one vector.</summary>
    [Sample]
    internal static OperatorSample GrayConv2D(SampleRandom random) => Convolution(random, EdgeCnn.Conv2D.Code, ElementType.Int8, gray: true);

    [Sample]
    internal static OperatorSample DepthwiseConv2D(SampleRandom random) =>
        Convolution(random, EdgeCnn.DepthwiseConv2D.Code, ElementType.Int8, groups: 1 + random.Below(20), depthwise: true);

    [Sample]
    internal static OperatorSample FullyConnected(SampleRandom random) => Rows(random, EdgeCnn.FullyConnected.Code, ElementType.Int8);

    [Sample]
    internal static OperatorSample GroupedConv2D(SampleRandom random) =>
        Convolution(random, EdgeCnn.GroupedConv2D.Code, ElementType.Int8, groups: 1 + random.Below(3));

    [Sample]
    internal static OperatorSample Conv2DInt4(SampleRandom random) =>
        Convolution(random, EdgeCnn.Conv2DInt4.Code, ElementType.Int8, bits: 4);

    [Sample]
    internal static OperatorSample Conv2DInt16(SampleRandom random) => Convolution(random, EdgeCnn.Conv2DInt16.Code, ElementType.Int16);

    [Sample]
    internal static OperatorSample DepthwiseConv2DInt16(SampleRandom random) =>
        Convolution(random, EdgeCnn.DepthwiseConv2DInt16.Code, ElementType.Int16, groups: 1 + random.Below(4), depthwise: true);

    [Sample]
    internal static OperatorSample FullyConnectedInt4(SampleRandom random) =>
        Rows(random, EdgeCnn.FullyConnectedInt4.Code, ElementType.Int8, bits: 4);

    [Sample]
    internal static OperatorSample FullyConnectedInt16(SampleRandom random) =>
        Rows(random, EdgeCnn.FullyConnectedInt16.Code, ElementType.Int16);

    [Sample]
    internal static OperatorSample TransposeConv2D(SampleRandom random)
    {
        int type = random.IntegerType(), kernel = 1 + random.Below(4), stride = 1 + random.Below(3), pad = random.Below(kernel);
        int batch = 1 + random.Below(2), height = 1 + random.Below(4), width = 1 + random.Below(4), inputs = 1 + random.Below(4);
        int rows = 1 + random.Below(9), columns = 1 + random.Below(9), channels = 1 + random.Below(20);
        IntegerTensor x = random.Tensor([batch, height, width, inputs], type, 0.01f);
        IntegerTensor y = random.Tensor([batch, rows, columns, channels], type, 0.05f);
        RandomFilter filter = RandomFilter.Of(random, x, y, channels, kernel * kernel * inputs, 8);
        byte[] own = OwnFields.Of(kernel, kernel, stride, stride, pad, pad, 1, 1);
        return filter.Sample(EdgeCnn.TransposeConv2D.Code, own, (input, c, n, row, column) =>
        {
            double sum = 0;
            for (int ky = 0; ky < kernel; ky++)
            {
                for (int kx = 0; kx < kernel; kx++)
                {
                    int placeY = row + pad - ky, placeX = column + pad - kx;
                    if (placeY < 0 || placeX < 0 || placeY % stride != 0 || placeX % stride != 0) continue;
                    int iy = placeY / stride, ix = placeX / stride;
                    if (iy >= height || ix >= width) continue;
                    for (int i = 0; i < inputs; i++)
                        sum += input[((n * height + iy) * width + ix) * inputs + i] * filter.Weight(c, (ky * kernel + kx) * inputs + i);
                }
            }
            return sum;
        });
    }

    [Sample]
    internal static OperatorSample Conv3D(SampleRandom random)
    {
        int[] kernel = random.Triple(3), stride = random.Triple(2), dilation = random.Triple(2), size = random.Triple(random.Size(4));
        int[] padding = [.. kernel.Select((k, axis) => random.Below((k - 1) * dilation[axis] + 1))];
        int[] places = [.. size.Select((length, axis) => 1 + random.Below((length - 1 + padding[axis]) / stride[axis] + 1))];
        int batch = 1 + random.Below(2), inputs = 1 + random.Below(3), channels = 1 + random.Below(20);
        IntegerTensor x = random.Tensor([batch, .. size, inputs], ElementType.Int8, 0.01f);
        IntegerTensor y = random.Tensor([batch, .. places, channels], ElementType.Int8, 0.05f);
        RandomFilter filter = RandomFilter.Of(random, x, y, channels, kernel[0] * kernel[1] * kernel[2] * inputs, 8);
        byte[] block = [.. kernel.Concat(stride).Concat(padding).Concat(dilation).Select(value => (byte)value)];
        return filter.Sample(EdgeCnn.Conv3D.Code, OwnFields.None(), Sum, parameters: block);

        // The slices of a volume follow each other as rows do: slice z, row y is row z · Oh + y.
        double Sum(double[] input, int c, int n, int line, int column)
        {
            int[] place = [line / places[1] % places[0], line % places[1], column];
            double sum = 0;
            for (int k = 0; k < kernel[0] * kernel[1] * kernel[2]; k++)
            {
                int[] tap = [k / kernel[2] / kernel[1], k / kernel[2] % kernel[1], k % kernel[2]];
                int[] at = [.. tap.Select((t, axis) => place[axis] * stride[axis] - padding[axis] + t * dilation[axis])];
                if (at.Where((i, axis) => i < 0 || i >= size[axis]).Any()) continue;
                int pixel = ((n * size[0] + at[0]) * size[1] + at[1]) * size[2] + at[2];
                for (int i = 0; i < inputs; i++) sum += input[pixel * inputs + i] * filter.Weight(c, k * inputs + i);
            }
            return sum;
        }
    }

    [Sample]
    internal static OperatorSample BatchMatMul(SampleRandom random)
    {
        int type = random.IntegerType(), batch = 1 + random.Below(3), rows = 1 + random.Below(5), columns = 1 + random.Below(20);
        int depth = 1 + random.Below(12);
        int firstBatches = random.Coin() ? 1 : batch, secondBatches = random.Coin() ? 1 : batch;
        IntegerTensor a = random.Tensor([firstBatches, rows, depth], type, 0.01f);
        IntegerTensor b = random.Tensor([secondBatches, columns, depth], type, 0.01f);
        IntegerTensor y = random.Tensor([batch, rows, columns], type, 0.05f);
        byte[]? constant = random.Coin() ? random.Bytes(b.Bytes) : null;
        var multiplier = FixedMultiplier.Of((double)a.Quantization.Scale * b.Quantization.Scale / y.Quantization.Scale);
        byte[] own = OwnFields.Of(multiplier.Mantissa, multiplier.Shift, 0);
        OwnFields.SetInt16(own, EdgeCnn.BatchMatMul.ZeroPoint2At, b.Quantization.ZeroPoint);
        OwnFields.SetInt16(own, EdgeCnn.BatchMatMul.Shared2At, secondBatches == 1 ? 1 : 0);
        IntegerModel model = OperatorSample.Of(
            EdgeCnn.BatchMatMul.Code, constant is null ? [a, b] : [a], y, own, op => op with { Constant = constant });
        return new OperatorSample(model, Definition, type == ElementType.Int16 ? WideStep : OneStep);

        double[] Definition(double[][] inputs)
        {
            double[] second = constant is null ? inputs[1] : OperatorSample.Dequantize(constant, b);
            return [.. Enumerable.Range(0, y.Elements).Select(i =>
            {
                int j = i % columns, m = i / columns % rows, n = i / columns / rows;
                int x = ((firstBatches == 1 ? 0 : n) * rows + m) * depth, z = ((secondBatches == 1 ? 0 : n) * columns + j) * depth;
                return Enumerable.Range(0, depth).Sum(k => inputs[0][x + k] * second[z + k]);
            })];
        }
    }

    /// <summary>A window over an image whose input and output channels are dealt into groups; depthwise, a group has one input
    /// channel.</summary>
    private static OperatorSample Convolution(
        SampleRandom random, int code, int type, int groups = 1, bool depthwise = false, int bits = 8, bool gray = false)
    {
        int kernelHeight = 1 + random.Below(3), kernelWidth = 1 + random.Below(gray ? 6 : 3);
        int stride = 1 + random.Below(gray ? 1 : 2), dilation = 1 + random.Below(gray ? 1 : 2);
        int top = random.Below((kernelHeight - 1) * dilation + 1), left = random.Below((kernelWidth - 1) * dilation + 1);
        int batch = 1 + random.Below(2), height = 1 + random.Below(random.Size(6));
        int width = 1 + random.Below(gray ? 80 : random.Size(6));
        int inputs = groups * (depthwise || gray ? 1 : 1 + random.Below(4));
        int channels = groups * (1 + random.Below(depthwise ? 3 : gray ? 8 : 20));
        int rows = 1 + random.Below((height - 1 + top) / stride + 1), columns = 1 + random.Below((width - 1 + left) / stride + 1);
        IntegerTensor x = random.Tensor([batch, height, width, inputs], type, 0.01f);
        IntegerTensor y = random.Tensor([batch, rows, columns, channels], type, 0.05f);
        int part = inputs / groups;
        RandomFilter filter = RandomFilter.Of(random, x, y, channels, kernelHeight * kernelWidth * part, bits);
        byte[] own = OwnFields.Of(kernelHeight, kernelWidth, stride, stride, top, left, dilation, dilation);
        return filter.Sample(code, own, Sum, code == EdgeCnn.GroupedConv2D.Code ? groups : null);

        double Sum(double[] input, int c, int n, int row, int column)
        {
            double sum = 0;
            for (int k = 0; k < kernelHeight * kernelWidth; k++)
            {
                int iy = row * stride - top + k / kernelWidth * dilation, ix = column * stride - left + k % kernelWidth * dilation;
                if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
                int at = ((n * height + iy) * width + ix) * inputs + c / (channels / groups) * part;
                for (int i = 0; i < part; i++) sum += input[at + i] * filter.Weight(c, k * part + i);
            }
            return sum;
        }
    }

    private static OperatorSample Rows(SampleRandom random, int code, int type, int bits = 8)
    {
        int rows = 1 + random.Below(4), depth = 1 + random.Below(40), channels = 1 + random.Below(40);
        IntegerTensor x = random.Tensor([rows, depth], type, 0.01f), y = random.Tensor([rows, channels], type, 0.05f);
        RandomFilter filter = RandomFilter.Of(random, x, y, channels, depth, bits);
        return filter.Sample(
            code, OwnFields.None(),
            (input, c, _, _, row) => Enumerable.Range(0, depth).Sum(k => input[row * depth + k] * filter.Weight(c, k)));
    }
}
