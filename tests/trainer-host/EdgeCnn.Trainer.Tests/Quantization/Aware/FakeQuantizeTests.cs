using System;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Quantization.Aware;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Quantization.Aware;

public sealed class FakeQuantizeTests
{
    [Fact]
    public void Values_are_rounded_to_steps_and_held_to_the_range()
    {
        var (network, fake) = Network();
        (fake.Range.Values[0], fake.Range.Values[1]) = (-1.28, 1.27);
        var pass = network.Forward([0.014, 0.016, -0.5, 2, -3]);
        double[] expected = [0.01, 0.02, -0.5, 1.27, -1.28];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], pass.Output[i], 1e-6);
    }

    [Fact]
    public void Every_value_becomes_what_its_integer_stands_for()
    {
        var (network, fake) = Network();
        (fake.Range.Values[0], fake.Range.Values[1]) = (-0.7, 2.1);
        QuantizationParameters quantization = QuantizationParameters.Covering(-0.7, 2.1);
        for (double x = -1; x < 2.5; x += 0.0137)
            Assert.Equal(quantization.Dequantize(quantization.Quantize(x)), network.Forward([x, 0, 0, 0, 0]).Output[0], 1e-9);
    }

    [Fact]
    public void Gradients_go_straight_through_inside_the_range_and_stop_where_values_saturate()
    {
        var (network, fake) = Network(new FullyConnected<double>(5), new ReLU<double>());
        for (int i = 0; i < 5; i++) network.Parameters[0].Values[6 * i] = 1;
        network.WeightsChanged();
        (fake.Range.Values[0], fake.Range.Values[1], fake.IsFrozen) = (-1.28, 1.27, true);
        var pass = new NetworkPass<double>(network, 1, PassPurpose.Train);
        new[] { 0.014, 1.2, -0.5, 2, 1.269 }.CopyTo(pass.Input);
        pass.Forward(1);
        new[] { 3.0, -2, 5, 7, 11 }.CopyTo(pass.OutputGradient);
        pass.Backward();
        Assert.Equal([3, -2, 0, 0, 11], network.Parameters[1].Gradient.ToArray());   // of the bias before it
    }

    [Fact]
    public void The_range_is_that_of_the_first_batch_and_then_follows_until_it_is_frozen()
    {
        var (network, fake) = Network();
        var pass = new NetworkPass<double>(network, 1, PassPurpose.Train);
        Step(-1, 3);
        Assert.Equal([-1, 3], fake.Range.Values.ToArray());
        Step(-2, 5);
        Assert.Equal([-1.25, 3.5], fake.Range.Values.ToArray());
        Step(double.NaN, double.PositiveInfinity);
        fake.IsFrozen = true;
        Step(-100, 100);
        Assert.Equal([-1.25, 3.5], fake.Range.Values.ToArray());

        void Step(double low, double high)
        {
            new[] { 0, low, 0.5, high, 0 }.CopyTo(pass.Input);
            pass.Forward(1);
        }
    }

    [Fact]
    public void Weights_of_4_bits_become_multiples_of_a_seventh_of_the_largest_one_of_their_channel()
    {
        float[] weights = [0.7f, -0.26f, 0.04f, 0, -1.4f, 0.29f, 0, 0, 0];
        WeightQuantizer.FakeQuantize(weights, 3, new WeightFormat(4, PerChannel: true));
        float[] expected = [0.7f, -0.3f, 0, 0, -1.4f, 0.2f, 0, 0, 0];
        for (int i = 0; i < weights.Length; i++) Assert.Equal(expected[i], weights[i], 1e-6f);

        QuantizedWeights integers = WeightQuantizer.Quantize([0.7f, -0.26f, 0.04f, 0, -1.4f, 0.29f], [0, 0], 1, new(4, PerChannel: true));
        Assert.Equal([(sbyte)7, -3, 0, 0, -7, 1], integers.Weights);
    }

    /// <summary>Five values, with layers before the rounding.</summary>
    private static (Network<double> Network, FakeQuantize<double> Fake) Network(params Layer<double>[] before)
    {
        var fake = new FakeQuantize<double>(0.25) { Name = "fake" };
        return (new Network<double>(new Shape(1, 1, 5), [.. before, fake]), fake);
    }
}
