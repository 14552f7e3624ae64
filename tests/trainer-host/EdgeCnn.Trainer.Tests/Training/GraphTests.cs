using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Tests.Layers;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Training;

/// <summary>Networks whose layers have several inputs and several readers.</summary>
public class GraphTests
{
    private static readonly Shape Image = new(5, 4, 2);

    [Fact]
    public void Addition_and_concatenation_are_what_they_are_called()
    {
        var (a, b) = (Scaling(1), Scaling(1));
        var builder = new NetworkBuilder<double>();
        int first = builder.Add(a, -1), second = builder.Add(b, -1);
        builder.Add(new Concatenate<double>(), builder.Add(new Add<double>(), first, second), second);
        var network = new Network<double>(new(1, 2, 1), builder);
        SetFactor(network, a, 2);
        SetFactor(network, b, -3);
        Assert.Equal(new Shape(1, 2, 2), network.Output);
        Assert.Equal([-10, -30, -7, -21], network.Forward([10, 7]).Output.ToArray());
    }

    [Fact]
    public void Gradients_of_all_readers_of_a_tensor_are_added()
    {
        // y = 2x − 3x, and −3x beside it: ∂/∂x of the first is −1, of the second −3.
        var probe = new InputProbe<double>();
        var (a, b) = (Scaling(1), Scaling(1));
        var builder = new NetworkBuilder<double>();
        var input = builder.Add(probe, -1);
        int first = builder.Add(a, input), second = builder.Add(b, input);
        builder.Add(new Concatenate<double>(), builder.Add(new Add<double>(), first, second), second);
        var network = new Network<double>(Shape.Vector(1), builder);
        SetFactor(network, a, 2);
        SetFactor(network, b, -3);
        var pass = new NetworkPass<double>(network, 1, PassPurpose.Train);
        pass.Input[0] = 7;
        pass.Forward(1);
        ((double[])[1, 100]).CopyTo(pass.OutputGradient);
        pass.Backward();
        Assert.Equal([-301], probe.Gradient);
        Assert.Equal(7, a.Weights!.Gradient[0]);
        Assert.Equal(707, b.Weights!.Gradient[0]);
    }

    [Fact]
    public void Gradients_of_a_residual_network_equal_finite_differences()
    {
        const int samples = 5;
        var network = ResidualNetwork();
        network.Initialize(3);
        var random = new SplitMix64(4, 0);
        var pass = new NetworkPass<double>(network, samples, PassPurpose.Train);
        foreach (ref var value in pass.Input)
            value = random.Between(-1, 1);
        double[] direction = [.. Enumerable.Range(0, samples * network.Output.Length).Select(_ => random.Between(-1, 1))];
        pass.Forward(samples);
        direction.CopyTo(pass.OutputGradient);
        pass.Backward();
        foreach (var parameter in network.Parameters)
        {
            var gradient = parameter.Gradient.ToArray();
            for (var i = 0; i < gradient.Length; i++)
            {
                const double step = 1e-6;
                var value = parameter.Values[i];
                var difference = (At(parameter, i, value + step) - At(parameter, i, value - step)) / (2 * step);
                parameter.Values[i] = value;
                Assert.True(
                    Math.Abs(gradient[i] - difference) <= 1e-6 * Math.Max(1, Math.Abs(difference)),
                    $"{parameter.Name}[{i}]: gradient {gradient[i]}, finite difference {difference}");
            }
        }

        double At(Parameter<double> parameter, int index, double moved)
        {
            parameter.Values[index] = moved;
            network.WeightsChanged();
            pass.Forward(samples);
            return pass.Output.ToArray().Zip(direction, (output, weight) => output * weight).Sum();
        }
    }

    [Fact]
    public void Inspection_and_inference_give_the_same_bits()
    {
        var network = ResidualNetwork();
        network.Initialize(5);
        var random = new SplitMix64(6, 0);
        double[] images = [.. Enumerable.Range(0, 3 * Image.Length).Select(_ => random.Between(-1, 1))];
        var pass = new NetworkPass<double>(network, 3, PassPurpose.Infer);
        images.CopyTo(pass.Input);
        pass.Forward(3);
        Assert.Equal(network.Forward(images).Output.ToArray(), pass.Output.ToArray());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(18)]
    public void A_normalization_gives_the_same_bits_with_the_activation_behind_it_and_without(int channels)
    {
        Assert.Equal(Gradients(new ReLU<double>(), []), Gradients(new ReLU<double>(), [new Dropout<double>(0)]));
        Assert.Equal(Gradients(new ReLU6<double>(), []), Gradients(new ReLU6<double>(), [new Dropout<double>(0)]));

        double[] Gradients(Layer<double> activation, IEnumerable<Layer<double>> between)
        {
            const int samples = 3;
            var network = new Network<double>(
                Image, [Filter(channels), new BatchNorm<double>(), .. between, activation, Filter(3), new FullyConnected<double>(2)]);
            network.Initialize(7);
            foreach (ref var value in network.Layers[1].Bias!.Values)
                value = 4;
            var random = new SplitMix64(8, 0);
            var pass = new NetworkPass<double>(network, samples, PassPurpose.Train) { Moment = new TrainingMoment(1, 0, 0) };
            foreach (ref var value in pass.Input)
                value = random.Between(-1, 1);
            pass.Forward(samples);
            pass.Output.CopyTo(pass.OutputGradient);
            pass.Backward();
            return [.. pass.Output, .. network.Parameters.SelectMany(parameter => parameter.Gradient.ToArray())];
        }
    }

    [Fact]
    public void A_layer_that_nobody_reads_is_refused()
    {
        var builder = new NetworkBuilder<double>();
        builder.Add(Scaling(1), -1);
        builder.Add(Scaling(1), -1);
        var refused = Assert.Throws<RecipeException>(() => new Network<double>(Image, builder));
        Assert.StartsWith("network[0]: no layer reads conv2d1", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Everything that a gradient can run through: in-place layers, both kinds of shortcut, a tensor with three readers.</summary>
    private static Network<double> ResidualNetwork()
    {
        var builder = new NetworkBuilder<double>();
        var start = Chain(builder, -1, Filter(3), new BatchNorm<double>(), new ReLU<double>());
        var first = Chain(builder, builder.AddResidual(start, [Filter(3), new BatchNorm<double>()]), new ReLU<double>());
        var second = builder.AddResidual(first, [Filter(5), new BatchNorm<double>(), new ReLU<double>(), Filter(5)], [Scaling(5)]);
        var joined = builder.Add(new Concatenate<double>(), Chain(builder, second, new Tanh<double>()), first, start);
        Chain(builder, joined, new BatchNorm<double>(), new AveragePool<double>(new(2, 2)), new FullyConnected<double>(3));
        return new Network<double>(Image, builder);
    }

    private static int Chain(NetworkBuilder<double> builder, int input, params IEnumerable<Layer<double>> layers) =>
        layers.Aggregate(input, (last, layer) => builder.Add(layer, last));

    private static Conv2D<double> Filter(int filters) => new(filters, new(3, 3), padding: Padding.SameSize);

    private static Conv2D<double> Scaling(int filters) => new(filters, new(1, 1));

    private static void SetFactor(Network<double> network, Layer<double> layer, double factor)
    {
        layer.Weights!.Values.Fill(factor);
        network.WeightsChanged();
    }
}
