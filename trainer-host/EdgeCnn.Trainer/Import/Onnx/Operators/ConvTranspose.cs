using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>ConvTranspose: input N×I×H×W, filter I×C×Kh×Kw, bias C; without groups and dilation. One or two dimensions of places.</summary>
[Imports("ConvTranspose")]
internal sealed class ConvTranspose : OnnxOperator
{
    public override bool Clamps => true;

    public override bool Folds => false;

    public override int[][] Shapes(OnnxCall call)
    {
        int[] places = Geometry(call).Output;
        return [[call.Shape()[0], call.Shape(1)[1], .. places.TakeLast(call.Rank() - 2)]];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        (int[] kernel, int[] stride, int[] before, int[] output) = Geometry(call);
        int[] shape = Shapes(call)[0];
        int depth = call.Shape(1)[0], channels = shape[1], rows = output[0], columns = output[1];
        int inputColumns = call.Shape()[^1], inputRows = call.Rank() == 3 ? 1 : call.Shape()[2];
        float[] x = inputs[0].Values, w = inputs[1].Values, y = new float[FloatTensor.Count(shape)];
        if (call.Has(2)) y = [.. y.Select((_, at) => inputs[2].Values[at / columns / rows % channels])];
        for (int at = 0; at < x.Length; at++)
        {
            int column = at % inputColumns, row = at / inputColumns % inputRows, i = at / inputColumns / inputRows % depth;
            int n = at / inputColumns / inputRows / depth;
            for (int c = 0; c < channels; c++)
                for (int ky = 0; ky < kernel[0]; ky++)
                    for (int kx = 0; kx < kernel[1]; kx++)
                    {
                        int toRow = row * stride[0] - before[0] + ky, toColumn = column * stride[1] - before[1] + kx;
                        if ((uint)toRow >= rows || (uint)toColumn >= columns) continue;
                        float weight = w[((i * channels + c) * kernel[0] + ky) * kernel[1] + kx];
                        y[((n * channels + c) * rows + toRow) * columns + toColumn] += x[at] * weight;
                    }
        }
        return [new FloatTensor(shape, y)];
    }

    public override void Translate(OnnxTranslation t)
    {
        (int[] kernel, int[] stride, int[] before, _) = Geometry(t);
        int depth = t.Shape(1)[0], channels = t.Shape(1)[1], taps = kernel[0] * kernel[1];
        (sbyte[] values, float[] scales) = Filters.Symmetric(t, 1, 1);
        // I×C×taps becomes C×taps×I.
        sbyte[] rows = [.. Enumerable.Range(0, values.Length).Select(i =>
            values[(i % depth * channels + i / (taps * depth)) * taps + i / depth % taps])];
        IntegerWeights weights = Filters.Weights(t, rows, scales, channels, 2);
        byte[] own = OwnFields.Of(kernel[0], kernel[1], stride[0], stride[1], before[0], before[1], 1, 1);
        t.SetClamp(own);
        t.AddImage(TransposeConv2D.Code, t.Image(), own, op => op with { Weights = weights });
    }

    private static (int[] Kernel, int[] Stride, int[] Before, int[] Output) Geometry(OnnxCall call)
    {
        call.RequireRank(0, 3, 4);
        call.RequireRank(1, call.Rank(), call.Rank());
        int axes = call.Rank() - 2;
        int[] ones = [.. Enumerable.Repeat(1, axes)], kernel = call.Shape(1)[2..], input = call.Shape()[2..];
        int[] stride = call.Integers("strides", ones), pads = call.Integers("pads", new int[2 * axes]);
        int[] extra = call.Integers("output_padding", new int[axes]), wanted = call.Integers("output_shape", []);
        if (call.Integer("group", 1) != 1) throw call.Refuse("groups are not supported here");
        if (call.Integers("dilations", ones).Any(dilation => dilation != 1)) throw call.Refuse("dilation is not supported here");
        if (call.Shape(1)[0] != call.Shape()[1]) throw call.Refuse("the filter's channels do not fit the input's");
        if (call.Has(2) && FloatTensor.Count(call.Shape(2)) != call.Shape(1)[1]) throw call.Refuse("there must be a bias for each channel");
        if (stride.Length != axes || pads.Length != 2 * axes || extra.Length != axes || (wanted.Length != 0 && wanted.Length != axes))
            throw call.Refuse("strides and pads do not fit the input's dimensions");
        if (stride.Any(step => step is < 1 or > byte.MaxValue) || pads.Concat(extra).Any(places => places is < 0 or > byte.MaxValue))
            throw call.Refuse("strides or pads are impossible");
        string automatic = call.Text("auto_pad", "NOTSET");
        int[] before = pads[..axes], output = new int[axes];
        for (int i = 0; i < axes; i++)
        {
            int whole = (input[i] - 1) * stride[i] + kernel[i] + extra[i];
            if (wanted.Length == 0 && automatic is "NOTSET" or "VALID") output[i] = whole - pads[i] - pads[axes + i];
            else
            {
                output[i] = wanted.Length > 0 ? wanted[i] : input[i] * stride[i];
                int border = Math.Max(0, whole - output[i]);
                before[i] = automatic == "SAME_UPPER" ? border / 2 : border - border / 2;
            }
            if (output[i] < 1 || before[i] >= kernel[i])
                throw call.Refuse("strides and pads leave nothing of the output, or reach beyond the kernel");
        }
        int[] Two(int[] values, int missing) => values.Length == 2 ? values : [missing, values[0]];
        return (Two(kernel, 1), Two(stride, 1), Two(before, 0), Two(output, 1));
    }
}
