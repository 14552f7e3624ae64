using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>BatchNormalization: scale, bias, mean and variance per channel, constants. Behind a convolution it is folded into its filter
/// before this; elsewhere it is a depthwise convolution of one pixel.</summary>
[Imports("BatchNormalization")]
internal sealed class BatchNormalization : OnnxOperator
{
    public override bool Clamps => true;

    public override bool Folds => false;

    public override int[][] Shapes(OnnxCall call)
    {
        Factors(call);
        return [call.Shape()];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        (float[] factors, float[] offsets) = Factors(call);
        int inner = FloatTensor.Count(call.Shape()[2..]);
        return [new FloatTensor(call.Shape(), [.. inputs[0].Values.Select((x, at) =>
        {
            int channel = at / inner % factors.Length;
            return x * factors[channel] + offsets[channel];
        })])];
    }

    public override void Translate(OnnxTranslation t)
    {
        (float[] factors, float[] offsets) = Factors(t);
        if (t.Rank() is < 3 or > 4) throw t.Refuse("three or four dimensions are supported");
        // One weight per channel: it is 127 or −127, and its size is in the scale.
        double input = t.Quantization().Scale;
        float[] scales = [.. factors.Select((factor, c) =>
            (float)Math.Max(Math.Max(Math.Abs(factor) / sbyte.MaxValue, Math.Abs(offsets[c]) / (input * (1 << 29))), 1e-30))];
        sbyte[] values = [.. factors.Select((factor, c) => (sbyte)Math.Clamp(Math.Round(factor / scales[c]), -127, 127))];
        int[] bias = [.. offsets.Select((offset, c) => unchecked(
            (int)Math.Round(offset / (input * scales[c])) - t.Quantization().ZeroPoint * values[c]))];
        var weights = new IntegerWeights(values, bias, [.. scales.Select(scale => t.Multiplier(input * scale / t.Result().Scale))]);
        byte[] own = OwnFields.Of(1, 1, 1, 1, 0, 0, 1, 1);
        t.SetClamp(own);
        t.AddImage(DepthwiseConv2D.Code, t.Image(), own, op => op with { Weights = weights });
    }

    /// <summary>y = factor[c] · x + offset[c].</summary>
    public static (float[] Factors, float[] Offsets) Factors(OnnxCall call)
    {
        call.RequireRank(0, 2, TensorRecord.MaxRank);
        float[][] given = [.. Enumerable.Range(1, 4).Select(i => call.Real(i).Values)];
        int channels = call.Shape()[1];
        if (given.Any(values => values.Length != channels)) throw call.Refuse("there must be four numbers for each channel");
        if (call.Integer("training_mode", 0) != 0) throw call.Refuse("the model is exported for training; export it for inference");
        float epsilon = call.Single("epsilon", 1e-5f);
        float[] factors = [.. Enumerable.Range(0, channels).Select(c => given[0][c] / MathF.Sqrt(given[3][c] + epsilon))];
        if (factors.Any(factor => !float.IsFinite(factor))) throw call.Refuse("a factor is not finite");
        return (factors, [.. Enumerable.Range(0, channels).Select(c => given[1][c] - given[2][c] * factors[c])]);
    }
}
