using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Conv: input N×I×H×W, filter C×(I/G)×Kh×Kw, bias C; G is the attribute group. One or two dimensions of places.</summary>
[Imports("Conv")]
internal sealed class Conv : OnnxOperator
{
    public override bool Clamps => true;

    public override bool Folds => false;

    public override int[][] Shapes(OnnxCall call) => [Window(call).OutputShape(call, call.Shape(1)[0])];

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        SlidingWindow window = Window(call);
        int[] shape = window.OutputShape(call, call.Shape(1)[0]);
        int channels = shape[1], groupChannels = call.Shape(1)[1], inputChannels = call.Shape()[1], rows = window.Output[0],
            columns = window.Output[1];
        int perGroup = channels / call.Integer("group", 1), inputRows = window.Input[0], inputColumns = window.Input[1];
        float[] x = inputs[0].Values, w = inputs[1].Values, y = new float[FloatTensor.Count(shape)];
        for (int at = 0; at < y.Length; at++)
        {
            int column = at % columns, row = at / columns % rows, c = at / columns / rows % channels, n = at / columns / rows / channels;
            (int top, int firstY, int endY) = window.Taken(0, row);
            (int left, int firstX, int endX) = window.Taken(1, column);
            float sum = call.Has(2) ? inputs[2].Values[c] : 0;
            for (int i = 0; i < groupChannels; i++)
            {
                int image = (n * inputChannels + c / perGroup * groupChannels + i) * inputRows,
                    filter = (c * groupChannels + i) * window.Kernel[0];
                for (int ky = firstY; ky < endY; ky++)
                {
                    int line = (image + top + ky * window.Dilation[0]) * inputColumns + left, taps = (filter + ky) * window.Kernel[1];
                    for (int kx = firstX; kx < endX; kx++) sum += x[line + kx * window.Dilation[1]] * w[taps + kx];
                }
            }
            y[at] = sum;
        }
        return [new FloatTensor(shape, y)];
    }

    public override void Translate(OnnxTranslation t)
    {
        SlidingWindow window = Window(t);
        int channels = t.Shape(1)[0], depth = t.Shape(1)[1], groups = t.Integer("group", 1), inputChannels = t.Shape()[1];
        (sbyte[] values, float[] scales) = Filters.Symmetric(t, 1, 0);
        // Each channel's filter is (I/G)×Kh×Kw; the runtime has its channels last. A depthwise filter has one.
        sbyte[] rows = [.. Enumerable.Range(0, values.Length).Select(i => values[ChannelsFirst(i, depth, window.Taps)])];
        IntegerWeights weights = Filters.Weights(t, rows, scales, channels, 2);
        byte[] own = window.Fields();
        t.SetClamp(own);
        int code = groups == 1 ? Conv2D.Code : groups == inputChannels ? DepthwiseConv2D.Code : GroupedConv2D.Code;
        int? number = code == GroupedConv2D.Code ? groups : null;
        t.AddImage(code, t.Image(), own, op => op with { Weights = weights, Number = number });
    }

    /// <summary>Where element i of C×taps×depth is in C×depth×taps.</summary>
    private static int ChannelsFirst(int i, int depth, int taps) =>
        i / (depth * taps) * depth * taps + i % depth * taps + i / depth % taps;

    private static SlidingWindow Window(OnnxCall call)
    {
        call.RequireRank(0, 3, 4);
        call.RequireRank(1, call.Rank(), call.Rank());
        int groups = call.Integer("group", 1), channels = call.Shape(1)[0];
        if (groups < 1 || call.Shape()[1] != (long)call.Shape(1)[1] * groups || channels % groups != 0)
            throw call.Refuse($"the filter's channels do not fit the input's in {groups} groups");
        if (call.Has(2) && FloatTensor.Count(call.Shape(2)) != channels) throw call.Refuse("there must be a bias for each channel");
        return SlidingWindow.Of(call, call.Shape(1)[2..]);
    }
}
