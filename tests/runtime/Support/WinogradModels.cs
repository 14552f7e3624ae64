using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests;

/// <summary>Models of one 3×3 convolution that moves by one.</summary>
internal static class WinogradModels
{
    /// <summary>A convolution of any shape, batch and padding; with small numbers, or with the largest.</summary>
    internal static IntegerModel Random(SampleRandom random)
    {
        int height = 1 + random.Below(12), width = 1 + random.Below(12), inputs = 1 + random.Below(40), channels = 1 + random.Below(40);
        int top = random.Below(3), left = random.Below(3), batch = 1 + random.Below(3);
        int rows = 1 + random.Below(height + top), columns = 1 + random.Below(width + left);
        int extreme = random.Below(3);
        sbyte[] weights = [.. Enumerable.Range(0, 9 * inputs * channels).Select(_ => extreme switch
        {
            0 => random.Coin() ? (sbyte)127 : (sbyte)-128,
            1 => (sbyte)-127,
            _ => (sbyte)(random.Below(256) - 128),
        })];
        int[] bias = [.. Enumerable.Range(0, channels).Select(_ => random.Below(20_001) - 10_000)];
        return Of(
            [batch, height, width, inputs], [batch, rows, columns, channels], top, left, random.ZeroPoint(ElementType.Int8), weights, bias,
            0.1 / Math.Sqrt(9.0 * inputs) / (1 + random.Below(200)));
    }

    /// <summary>A convolution whose output has scale 1 and zero point 0.</summary>
    /// <param name="scale">What a sum stands for.</param>
    internal static IntegerModel Of(
        int[] input, int[] output, int top, int left, int zeroPoint, sbyte[] weights, int[] bias, double scale)
    {
        var x = new IntegerTensor(input, new QuantizationParameters(1, zeroPoint));
        var y = new IntegerTensor(output, new QuantizationParameters(1, 0));
        byte[] own = OwnFields.Of(3, 3, 1, 1, top, left, 1, 1);
        OwnFields.SetClamp(own, y.Quantization, double.NegativeInfinity, double.PositiveInfinity);
        var model = new IntegerModel();
        model.Tensors.Add(x);
        model.Tensors.Add(y);
        model.Inputs.Add(new InputDescription("input", ChannelOrder.None, null));
        model.Outputs.Add(new OutputDescription(1, "output", []));
        model.Operators.Add(
            new IntegerOperator(Conv2D.Code, [0], 1, own) { Weights = new IntegerWeights(weights, bias, [FixedMultiplier.Of(scale)]) });
        return model;
    }
}
