using System;
using System.Linq;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Layers;

/// <summary>Layers that behave at random while training.</summary>
public class RandomLayerTests
{
    private static readonly TrainingMoment Moment = new(7, 3, 16);

    [Fact]
    public void Dropout_drops_its_share_and_scales_the_rest()
    {
        var (pass, probe) = PassOf(new Dropout<double>(0.3), Shape.Vector(20_000), 1, Moment);
        pass.Input.Fill(2);
        pass.Forward(1);
        var output = pass.Output.ToArray();
        Assert.All(output, value => Assert.True(value == 0 || Math.Abs(value - 2 / 0.7) < 1e-12));
        Assert.InRange(output.Count(value => value == 0) / 20_000.0, 0.29, 0.31);

        pass.OutputGradient.Fill(1);
        pass.Backward();
        Assert.Equal(output.Select(value => value / 2), probe.Gradient);
    }

    [Fact]
    public void Dropout_keeps_everything_in_use()
    {
        var (pass, _) = PassOf(new Dropout<double>(0.9), Shape.Vector(50), 1, null);
        pass.Input.Fill(2);
        pass.Forward(1);
        Assert.All(pass.Output.ToArray(), value => Assert.Equal(2, value));
    }

    [Fact]
    public void Chance_is_decided_by_seed_step_and_sample_and_not_by_the_group()
    {
        double[] Outputs(int count, TrainingMoment moment)
        {
            var (pass, _) = PassOf(new Dropout<double>(), Shape.Vector(64), count, moment);
            pass.Input.Fill(1);
            pass.Forward(count);
            return pass.Output.ToArray();
        }

        var three = Outputs(3, Moment);
        Assert.Equal(three[128..], Outputs(1, Moment with { FirstSample = 18 }));
        Assert.NotEqual(three[..64], three[64..128]);
        Assert.NotEqual(three, Outputs(3, Moment with { Step = 4 }));
        Assert.NotEqual(three, Outputs(3, Moment with { Seed = 8 }));
    }

    [Fact]
    public void Stochastic_pooling_draws_values_in_proportion_to_them()
    {
        // 4,000 windows of (1, 3, −5, 0): 1 with probability 1/4, 3 with 3/4, the others never.
        const int windows = 4000;
        var (pass, probe) = PassOf(new StochasticPool<double>(new(2, 2)), new Shape(2, 2 * windows, 1), 1, Moment);
        for (var i = 0; i < windows; i++)
        {
            (pass.Input[2 * i], pass.Input[2 * i + 1]) = (1, 3);
            (pass.Input[2 * (windows + i)], pass.Input[2 * (windows + i) + 1]) = (-5, 0);
        }

        pass.Forward(1);
        var output = pass.Output.ToArray();
        Assert.All(output, value => Assert.True(value is 1 or 3));
        Assert.InRange(output.Count(value => value == 3) / (double)windows, 0.73, 0.77);

        pass.OutputGradient.Fill(2);
        pass.Backward();
        for (var i = 0; i < windows; i++)
        {
            Assert.Equal(output[i] == 1 ? 2 : 0, probe.Gradient[2 * i]);
            Assert.Equal(output[i] == 3 ? 2 : 0, probe.Gradient[2 * i + 1]);
        }
    }

    [Fact]
    public void Stochastic_pooling_in_use_is_the_probability_weighted_mean()
    {
        var (pass, _) = PassOf(new StochasticPool<double>(new(2, 2)), new Shape(2, 4, 1), 1, null);
        ((double[])[1, 3, -1, 0, -5, 0, -2, 0]).CopyTo(pass.Input);
        pass.Forward(1);
        Assert.Equal([2.5, 0], pass.Output.ToArray());
    }

    private static (NetworkPass<double> Pass, InputProbe<double> Probe) PassOf(
        Layer<double> layer, Shape input, int capacity, TrainingMoment? moment)
    {
        var probe = new InputProbe<double>();
        var network = new Network<double>(input, [probe, layer]);
        return (new NetworkPass<double>(network, capacity, PassPurpose.Train) { Moment = moment }, probe);
    }
}
