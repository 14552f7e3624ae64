using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Quantization;

public sealed class QuantizationTests
{
    [Theory]
    [InlineData(0, 2.55, 0.01, -128)]
    [InlineData(-1.28, 1.27, 0.01, 0)]
    [InlineData(0.5, 2.55, 0.01, -128)]     // zero is always among the numbers
    [InlineData(-2.55, -1, 0.01, 127)]
    [InlineData(0, 0, 1, 0)]
    public void A_range_becomes_a_scale_and_a_zero_point(double min, double max, double scale, int zeroPoint)
    {
        QuantizationParameters quantization = QuantizationParameters.Covering(min, max);
        Assert.Equal(scale, quantization.Scale, 1e-6);
        Assert.Equal(zeroPoint, quantization.ZeroPoint);
        Assert.Equal(0, quantization.Dequantize(quantization.Quantize(0)));
    }

    [Fact]
    public void A_range_without_an_end_is_refused() =>
        Assert.Contains("diverged", Assert.Throws<ArgumentException>(() => QuantizationParameters.Covering(0, double.NaN)).Message, StringComparison.Ordinal);

    [Fact]
    public void Quantization_is_off_by_at_most_half_a_step()
    {
        QuantizationParameters quantization = QuantizationParameters.Covering(-0.7, 2.1);
        for (double x = -0.7; x <= 2.1; x += 0.0031)
            Assert.InRange(quantization.Dequantize(quantization.Quantize(x)) - x, -0.51 * quantization.Scale, 0.51 * quantization.Scale);
    }

    [Fact]
    public void Every_channel_uses_all_of_its_steps()
    {
        float[] weights = [0.5f, -1, 0.25f, 0.001f, 0.002f, -0.004f];
        QuantizedWeights perChannel = WeightQuantizer.Quantize(weights, [0.1f, -0.2f], inputScale: 0.02f, new(8, PerChannel: true));
        Assert.Equal([(sbyte)64, (sbyte)-127, (sbyte)32, (sbyte)32, (sbyte)64, (sbyte)-127], perChannel.Weights);
        Assert.Equal([1 / 127f, 0.004f / 127], perChannel.Scales);
        Assert.Equal((int)Math.Round(0.1 / (0.02 / 127)), perChannel.Bias[0], 1.0);

        QuantizedWeights perTensor = WeightQuantizer.Quantize(weights, [0.1f, -0.2f], inputScale: 0.02f, new(8, PerChannel: false));
        Assert.Equal([1 / 127f], perTensor.Scales);
        Assert.Equal((sbyte)-1, perTensor.Weights[5]);
    }

    [Fact]
    public void A_channel_without_weights_keeps_its_bias()
    {
        QuantizedWeights quantized = WeightQuantizer.Quantize(new float[4], [0.75f, 0], inputScale: 0.01f, new(8, PerChannel: true));
        Assert.Equal(0.75, quantized.Bias[0] * 0.01 * quantized.Scales[0], 1e-6);
        Assert.Equal(0, quantized.Bias[1]);
    }

    [Fact]
    public void A_percentile_leaves_rare_extremes_out_and_keeps_the_rest()
    {
        var random = new SplitMix64(1, 0);
        float[] values = [.. Enumerable.Range(0, 100_000).Select(_ => (float)random.Between(-1, 2)), 50, -50];
        var observer = new PercentileObserver(99.9);
        observer.Observe(values.AsSpan(0, 1000));
        observer.Observe(values.AsSpan(1000));
        // 0.1 % of a uniform distribution of width 3 on either side, to within a bin and the draw.
        Assert.Equal(-1 + 0.003, observer.Range.Min, 0.02);
        Assert.Equal(2 - 0.003, observer.Range.Max, 0.02);

        var backwards = new PercentileObserver(99.9);
        backwards.Observe([.. values.Reverse()]);
        Assert.Equal(observer.Range, backwards.Range);

        var all = new PercentileObserver(100);
        all.Observe(values);
        Assert.Equal((-50, 50), all.Range);
    }

    [Fact]
    public void Normalized_pixels_become_the_nearest_integers()
    {
        QuantizationParameters quantization = QuantizationParameters.Covering(-0.42, 2.82);
        PixelScaling scaling = PixelScaling.Of([1 / (255 * 0.3081)], [-0.1307 / 0.3081], quantization);
        for (int pixel = 0; pixel < 256; pixel++)
        {
            int q = (pixel * scaling.Multipliers[0] + scaling.Addends[0]) >> scaling.Shift;
            double exact = (pixel / 255.0 - 0.1307) / 0.3081 / quantization.Scale + quantization.ZeroPoint;
            Assert.InRange(q - exact, -0.501, 0.501);
        }
    }
}
