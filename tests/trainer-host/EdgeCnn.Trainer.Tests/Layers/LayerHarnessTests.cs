using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Layers;

/// <summary>Checks every layer there is, found by its [Kind], on its own examples.</summary>
public class LayerHarnessTests
{
    private const int Samples = 3;

    public static TheoryData<string, int> Examples
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var (kind, type) in KindTable.Of(typeof(Layer<double>)))
            {
                for (var i = 0; i < ExamplesOf(type).Count; i++)
                    data.Add(kind, i);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Gradients_equal_central_finite_differences(string kind, int example)
    {
        var (network, layer) = NetworkOf(kind, example);
        var random = new SplitMix64(7, (ulong)example);
        var pass = Filled(network, ref random);
        pass.Forward(Samples);
        var direction = new double[pass.Output.Length];
        for (var i = 0; i < direction.Length; i++)
            direction[i] = random.Between(-1, 1);

        var values = new List<(string Name, Func<double> Read, Action<double> Write, double Gradient)>();
        direction.CopyTo(pass.OutputGradient);
        pass.Backward();
        var received = ((InputProbe<double>)network.Layers[0]).Gradient;
        for (var i = 0; i < Samples * layer.Input.Length; i++)
        {
            var index = i;
            values.Add(($"input[{i}]", () => pass.Input[index], value => pass.Input[index] = value, received[i]));
        }

        foreach (var parameter in layer.Parameters)
        {
            for (var i = 0; i < parameter.Length; i++)
            {
                var (index, gradient) = (i, parameter.Gradient[i]);
                values.Add(($"{parameter.Name}[{i}]", () => parameter.Values[index], value => parameter.Values[index] = value, gradient));
            }
        }

        foreach (var (name, read, write, gradient) in values)
        {
            const double step = 1e-6;
            var value = read();
            var difference = (At(value + step) - At(value - step)) / (2 * step);
            write(value);
            Assert.True(
                Math.Abs(gradient - difference) <= 1e-6 * Math.Max(1, Math.Abs(difference)),
                $"{kind} {example}, {name}: gradient {gradient}, finite difference {difference}");

            double At(double moved)
            {
                write(moved);
                network.WeightsChanged();
                pass.Forward(Samples);
                return pass.Output.ToArray().Zip(direction, (output, weight) => output * weight).Sum();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_stated_shape_is_what_forward_writes(string kind, int example)
    {
        var (network, layer) = NetworkOf(kind, example);
        var random = new SplitMix64(8, (ulong)example);
        var first = Filled(network, ref random, PassPurpose.Inspect);
        var second = new NetworkPass<double>(network, Samples, PassPurpose.Infer);
        first.Input.CopyTo(second.Input);
        first.Forward(Samples);
        second.Forward(Samples);

        Assert.Equal(Samples * layer.Output.Length, first.Output.Length);
        Assert.Equal(first.Output.ToArray(), second.Output.ToArray());
        Assert.All(first.Output.ToArray(), value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_sample_gives_the_same_bits_alone_and_in_a_group(string kind, int example)
    {
        var (network, layer) = NetworkOf(kind, example);
        var random = new SplitMix64(9, (ulong)example);
        var group = Filled(network, ref random, PassPurpose.Infer);
        group.Forward(Samples);
        for (var sample = 0; sample < Samples; sample++)
        {
            var alone = network.Forward(group.Input.Slice(sample * network.Input.Length, network.Input.Length));
            Assert.Equal(group.Output.Slice(sample * layer.Output.Length, layer.Output.Length).ToArray(), alone.Output.ToArray());
        }
    }

    private static NetworkPass<double> Filled(Network<double> network, ref SplitMix64 random, PassPurpose purpose = PassPurpose.Train)
    {
        var pass = new NetworkPass<double>(network, Samples, purpose);
        foreach (ref var value in pass.Input)
            value = random.Between(-2, 2);
        foreach (var parameter in network.Layers[^1].Parameters)
        {
            foreach (ref var value in parameter.Values)
                value = parameter.Trainable ? random.Between(-1, 1) : random.Between(0.5, 2);
        }

        network.WeightsChanged();
        return pass;
    }

    private static (Network<double> Network, Layer<double> Layer) NetworkOf(string kind, int example)
    {
        var described = ExamplesOf(KindTable.Of(typeof(Layer<double>))[kind])[example];
        return (described.ToNetwork(new InputProbe<double>()), described.Layer);
    }

    private static IReadOnlyList<LayerExample<double>> ExamplesOf(Type layer)
    {
        var property = layer.GetProperty(
            nameof(IHasExamples<double>.Examples), BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy);
        Assert.True(property is not null, $"{layer.Name} has no examples: implement IHasExamples<T>.");
        return [.. (IEnumerable<LayerExample<double>>)property.GetValue(null)!];
    }
}
