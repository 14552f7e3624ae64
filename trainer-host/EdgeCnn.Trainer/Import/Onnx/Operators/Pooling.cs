using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>MaxPool and AveragePool over one or two dimensions of places.</summary>
[Imports("MaxPool", "AveragePool")]
internal sealed class Pooling : OnnxOperator
{
    /// <summary>Means where all windows have as many elements can be rescaled by the way.</summary>
    public override bool KeepsQuantization(OnnxCall call) =>
        call.Kind == "MaxPool" || call.Graph.IsFloat || !IsEven(call, SlidingWindow.Of(call));

    public override bool InheritsQuantization => true;

    public override bool Clamps => true;

    public override int[][] Shapes(OnnxCall call)
    {
        if (call.Node.Outputs.Skip(1).Any(name => call.Graph.Readers(name).Length > 0 || call.Graph.IsOutput(name)))
            throw call.Refuse("the places of the maxima are not supported");
        return [SlidingWindow.Of(call).OutputShape(call, call.Shape()[1])];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        SlidingWindow window = SlidingWindow.Of(call);
        int[] shape = Shapes(call)[0];
        bool isMax = call.Kind == "MaxPool", countsPadding = call.Integer("count_include_pad", 0) != 0;
        int rows = window.Output[0], columns = window.Output[1];
        var y = new float[FloatTensor.Count(shape)];
        for (int at = 0; at < y.Length; at++)
        {
            int column = at % columns, row = at / columns % rows, image = at / columns / rows;
            (int top, int firstY, int endY) = window.Taken(0, row);
            (int left, int firstX, int endX) = window.Taken(1, column);
            float sum = 0, largest = float.NegativeInfinity;
            for (int ky = firstY; ky < endY; ky++)
                for (int kx = firstX; kx < endX; kx++)
                {
                    int line = image * window.Input[0] + top + ky * window.Dilation[0];
                    float x = inputs[0].Values[line * window.Input[1] + left + kx * window.Dilation[1]];
                    (sum, largest) = (sum + x, Math.Max(largest, x));
                }
            y[at] = isMax ? largest : sum / (countsPadding ? window.Taps : (endY - firstY) * (endX - firstX));
        }
        return [new FloatTensor(shape, y)];
    }

    public override void Translate(OnnxTranslation t)
    {
        SlidingWindow window = SlidingWindow.Of(t);
        if (window.Dilation.Any(dilation => dilation != 1)) throw t.Refuse("dilation is not supported here");
        int image = t.Image();
        if (t.Kind == "AveragePool" && t.Integer("count_include_pad", 0) != 0 && window.IsPadded)
        {
            if (window.Ceil) throw t.Refuse("padding that counts can't be had together with ceil_mode");
            (image, window) = Bordered(t, image, window);
        }
        byte[] own = window.Fields();
        t.SetClamp(own);
        if (t.Result() != t.Quantization())
        {
            AddRescaled(t, image, window, own);
            return;
        }
        t.AddImage(t.Kind == "MaxPool" ? MaxPool.Code : AveragePool.Code, image, own);
    }

    private static bool IsEven(OnnxCall call, SlidingWindow window) =>
        !window.Ceil && (!window.IsPadded || call.Integer("count_include_pad", 0) != 0);

    /// <summary>A mean in another quantization: a depthwise convolution with one weight for all, as large as it can be, so that
    /// of the two roundings of a multiplier the first one is negligible.</summary>
    private static void AddRescaled(OnnxTranslation t, int image, SlidingWindow window, byte[] own)
    {
        int channels = t.Shape()[1], taps = window.Taps;
        const sbyte weight = sbyte.MaxValue;
        int bias = -t.Quantization().ZeroPoint * taps * weight;
        FixedMultiplier multiplier = t.Multiplier((double)t.Quantization().Scale / taps / weight / t.Result().Scale);
        var weights = new IntegerWeights(
            [.. Enumerable.Repeat(weight, channels * taps)], [.. Enumerable.Repeat(bias, channels)], [multiplier]);
        t.AddImage(DepthwiseConv2D.Code, image, own, op => op with { Weights = weights });
    }

    /// <summary>An image with its padding as pixels of real zero, which then count.</summary>
    private static (int Image, SlidingWindow Window) Bordered(OnnxTranslation t, int image, SlidingWindow window)
    {
        IntegerTensor inner = t.Activations.Model.Tensors[image];
        int[] shape = [.. inner.Shape], before = [0, window.Before[0], window.Before[1], 0];
        for (int axis = 0; axis < 2; axis++) shape[axis + 1] += window.Before[axis] + window.After[axis];
        int padded = Border.Add(t, image, shape, before, inner.Quantization.ZeroPoint);
        return (padded, window with { Input = shape[1..3], Before = [0, 0], After = [0, 0] });
    }
}

/// <summary>GlobalAveragePool and GlobalMaxPool: N×C×H×W becomes N×C×1×1.</summary>
[Imports("GlobalAveragePool", "GlobalMaxPool")]
internal sealed class GlobalPooling : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => call.Kind == "GlobalMaxPool";

    public override int[][] Shapes(OnnxCall call)
    {
        call.RequireRank(0, 3, TensorRecord.MaxRank);
        return [[.. call.Shape().Select((size, axis) => axis < 2 ? size : 1)]];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs) =>
        [Reduction.Evaluate(inputs[0], Axes(call), Shapes(call)[0], call.Kind == "GlobalMaxPool" ? "ReduceMax" : "ReduceMean")];

    public override void Translate(OnnxTranslation t) =>
        Reduction.Translate(t, Axes(t), t.Kind == "GlobalMaxPool" ? "ReduceMax" : "ReduceMean");

    private static int[] Axes(OnnxCall call) => [.. Enumerable.Range(2, call.Rank() - 2)];
}
