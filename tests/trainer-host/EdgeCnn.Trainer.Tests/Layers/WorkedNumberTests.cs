using System;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Layers;

/// <summary>Examples from the textbooks, to the digits printed there.</summary>
public class WorkedNumberTests
{
    private static readonly double[] Inputs = [0.05, 0.10];
    private static readonly double[] HiddenWeights = [.15, .20, .25, .30];
    private static readonly double[] OutputWeights = [.40, .45, .50, .55];
    private static readonly double[] Targets = [0.01, 0.99];

    [Fact]
    public void The_two_two_two_network_computes_the_published_forward_values()
    {
        var (_, pass) = TwoTwoTwo();
        var error = Backward(pass);
        Assert.Equal(0.596884378, pass.Activation(1)[1], 9);
        Assert.Equal(0.75136507, pass.Output[0], 8);
        Assert.Equal(0.772928465, pass.Output[1], 9);
        Assert.Equal(0.023560026, Half(Targets[1] - pass.Output[1]), 9);
        Assert.Equal(0.298371109, error, 9);
    }

    [Fact]
    public void Its_errors_reach_the_hidden_unit_through_the_old_weights()
    {
        var (network, pass) = TwoTwoTwo();
        Backward(pass);

        // The bias gradient of a fully connected layer is ∂E/∂net; times a weight it is what the unit behind that weight receives.
        var net = network.Layers[2].Bias!.Gradient;
        Assert.Equal(0.055399425, net[0] * 0.40, 9);
        Assert.InRange(net[1] * 0.50, -0.019049119 - 1e-9, -0.019049119 + 1e-9);
    }

    [Fact]
    public void A_simultaneous_update_gives_the_independently_computed_errors()
    {
        var (network, pass) = TwoTwoTwo();
        Train(1);
        Assert.Equal(0.291027774, Backward(pass), 9);
        Train(9_999);
        Assert.Equal(0.0000351018778, Backward(pass), 13);
        Assert.Equal(0.01591362, pass.Output[0], 8);
        Assert.Equal(0.98406427, pass.Output[1], 8);

        void Train(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                Backward(pass);
                Apply(network, 0);
                Apply(network, 2);
            }
        }
    }

    [Fact]
    public void Updating_the_output_weights_before_they_carry_the_errors_back_gives_the_published_later_numbers()
    {
        var (network, pass) = TwoTwoTwo();
        Train(1);
        Assert.Equal(0.291027924, Backward(pass), 9);
        Train(9_999);
        Assert.Equal(0.000035085, Backward(pass), 9);
        Assert.Equal(0.015912196, pass.Output[0], 9);
        Assert.Equal(0.984065734, pass.Output[1], 9);

        void Train(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                Backward(pass);
                Apply(network, 2);
                HalfSquares(pass);
                pass.Backward();
                Apply(network, 0);
            }
        }
    }

    [Fact]
    public void An_error_map_goes_back_through_a_convolution_by_full_convolution()
    {
        // The inner value 2.3 = 1·0.6 + 1·0.5 + 2·0.3 + 3·0.2 pairs δ = [1 1; 2 3] with the kernel rotated by 180°, [0.6 0.5; 0.3 0.2]:
        // so the kernel itself is [0.2 0.3; 0.5 0.6].
        double[] kernel = [0.2, 0.3, 0.5, 0.6];
        double[,] delta = { { 1, 1 }, { 2, 3 } };
        var gradient = InputGradient(new Conv2D<double>(1, new(2, 2)), new(3, 3, 1), [1, 1, 2, 3], kernel);
        Assert.Equal(2.3, gradient[4], 12);
        for (var y = 0; y < 3; y++)
        {
            for (var x = 0; x < 3; x++)
            {
                // Definition: δ zero-padded on all sides, correlated with the rotated kernel.
                double sum = 0;
                for (var ky = 0; ky < 2; ky++)
                {
                    for (var kx = 0; kx < 2; kx++)
                    {
                        var (dy, dx) = (y - 1 + ky, x - 1 + kx);
                        if (dy is 0 or 1 && dx is 0 or 1)
                            sum += delta[dy, dx] * kernel[(1 - ky) * 2 + 1 - kx];
                    }
                }

                Assert.Equal(sum, gradient[y * 3 + x], 12);
            }
        }
    }

    [Fact]
    public void Max_pooling_returns_each_error_to_the_remembered_place()
    {
        double[] input =
        [
            1, 9, 2, 3,
            4, 5, 8, 1,
            7, 1, 2, 2,
            3, 2, 1, 6,
        ];
        var gradient = InputGradient(new MaxPool<double>(new(2, 2)), new(4, 4, 1), [0.1, 0.2, 0.3, 0.4], [], input);
        Assert.Equal(
            [
                0, 0.1, 0, 0,
                0, 0, 0.2, 0,
                0.3, 0, 0, 0,
                0, 0, 0, 0.4,
            ],
            gradient);
    }

    [Fact]
    public void Mean_pooling_spreads_each_error_evenly()
    {
        var gradient = InputGradient(new AveragePool<double>(new(2, 2)), new(4, 4, 1), [0.4, 0.8, 1.2, 1.6], []);
        double[] expected =
        [
            0.1, 0.1, 0.2, 0.2,
            0.1, 0.1, 0.2, 0.2,
            0.3, 0.3, 0.4, 0.4,
            0.3, 0.3, 0.4, 0.4,
        ];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], gradient[i], 15);
    }

    [Fact]
    public void The_mean_over_padding_counts_the_elements_inside()
    {
        var network = new Network<double>(new(2, 2, 1), [new AveragePool<double>(new(2, 2), new(1, 1), Padding.Of(1))]);
        double[] input = [1, 2, 3, 6];
        Assert.Equal([1, 1.5, 2, 2, 3, 4, 3, 4.5, 6], network.Forward(input).Output.ToArray());
    }

    [Fact]
    public void Of_equal_maxima_the_first_wins()
    {
        Assert.Equal([0, 5, 0, 0], InputGradient(new MaxPool<double>(new(2, 2)), new(2, 2, 1), [5], [], [1, 3, 3, 3]));
    }

    [Fact]
    public void Shapes_are_those_of_the_textbook()
    {
        Assert.Equal(new Shape(2, 2, 1), OutputOf(new MaxPool<double>(new(10, 10)), new(20, 20, 1)));
        Assert.Equal(new Shape(3, 3, 1), OutputOf(new Conv2D<double>(1, new(2, 2)), new(4, 4, 1)));
    }

    [Fact]
    public void A_kernel_sums_over_the_whole_input_depth()
    {
        var network = new Network<double>(new(4, 4, 2), [new Conv2D<double>(1, new(2, 2))]);
        network.Parameters[0].Values.Fill(1);
        network.WeightsChanged();
        var input = new double[32];
        Array.Fill(input, 1);
        Assert.All(network.Forward(input).Output.ToArray(), value => Assert.Equal(8, value));
    }

    private static Shape OutputOf(Layer<double> layer, Shape input) => new Network<double>(input, [layer]).Output;

    /// <summary>What <paramref name="layer"/> passes back for <paramref name="delta"/>.</summary>
    private static double[] InputGradient(Layer<double> layer, Shape input, double[] delta, double[] weights, double[]? values = null)
    {
        var probe = new InputProbe<double>();
        var network = new Network<double>(input, [probe, layer]);
        if (layer.Weights is not null)
            weights.CopyTo(layer.Weights.Values);
        network.WeightsChanged();
        var pass = new NetworkPass<double>(network, 1, PassPurpose.Train);
        (values ?? new double[input.Length]).CopyTo(pass.Input);
        pass.Forward(1);
        delta.CopyTo(pass.OutputGradient);
        pass.Backward();
        return probe.Gradient;
    }

    private static (Network<double> Network, NetworkPass<double> Pass) TwoTwoTwo()
    {
        var network = new Network<double>(
            Shape.Vector(2), [new FullyConnected<double>(2), new Sigmoid<double>(), new FullyConnected<double>(2), new Sigmoid<double>()]);
        HiddenWeights.CopyTo(network.Parameters[0].Values);
        network.Parameters[1].Values.Fill(.35);
        OutputWeights.CopyTo(network.Parameters[2].Values);
        network.Parameters[3].Values.Fill(.60);
        network.WeightsChanged();
        var pass = new NetworkPass<double>(network, 1, PassPurpose.Train);
        Inputs.CopyTo(pass.Input);
        return (network, pass);
    }

    private static double Backward(NetworkPass<double> pass)
    {
        pass.Forward(1);
        var error = HalfSquares(pass);
        pass.Backward();
        return error;
    }

    private static double HalfSquares(NetworkPass<double> pass) =>
        new HalfSumOfSquares<double>().Evaluate(pass.Output, Targets, pass.OutputGradient);

    private static void Apply(Network<double> network, int layer)
    {
        var weights = network.Layers[layer].Weights!;
        for (var i = 0; i < weights.Length; i++)
            weights.Values[i] -= 0.5 * weights.Gradient[i];
        network.WeightsChanged();
    }

    private static double Half(double difference) => 0.5 * difference * difference;
}
