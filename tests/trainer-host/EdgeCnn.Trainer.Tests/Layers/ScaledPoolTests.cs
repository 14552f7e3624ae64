using System;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Layers;

/// <summary>The subsampling layer of Bouvrie's notes, section 3.2, by hand.</summary>
public class ScaledPoolTests
{
    [Fact]
    public void Factor_and_bias_have_the_published_gradients()
    {
        // down = means 2.5 and 6.5 of [1 2 5 6; 3 4 7 8]; y = 2·down + 1; δ = (1, −3).
        var probe = new InputProbe<double>();
        var layer = new Subsampling<double>(new(2, 2));
        var network = new Network<double>(new Shape(2, 4, 1), [probe, layer]);
        (layer.Weights!.Values[0], layer.Bias!.Values[0]) = (2, 1);
        var pass = new NetworkPass<double>(network, 1, PassPurpose.Train);
        ((double[])[1, 2, 5, 6, 3, 4, 7, 8]).CopyTo(pass.Input);
        pass.Forward(1);
        Assert.Equal([6, 14], pass.Output.ToArray());

        ((double[])[1, -3]).CopyTo(pass.OutputGradient);
        pass.Backward();
        Assert.Equal(1 * 2.5 - 3 * 6.5, layer.Weights.Gradient[0]);
        Assert.Equal(-2, layer.Bias.Gradient[0]);
        Assert.Equal([0.5, 0.5, -1.5, -1.5, 0.5, 0.5, -1.5, -1.5], probe.Gradient);
    }

    [Fact]
    public void Sums_start_with_a_factor_of_one_and_do_not_train()
    {
        var layer = new SumPool<double>(new(2, 2));
        var network = new Network<double>(new Shape(2, 2, 1), [layer]);
        network.Initialize(1);
        Assert.Equal([10], network.Forward([1, 2, 3, 4]).Output.ToArray());
        Assert.False(layer.Weights!.Trainable);
        Assert.False(layer.Bias!.Trainable);
    }
}
