using System;
using System.Collections.Generic;
using EdgeCnn.Tests.Layers;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.PyTorch;

public class BatchNormNumberTests
{
    private readonly IReadOnlyDictionary<string, double[]> _stored = StoredNumbers.Read("batch_norm.json");
    private readonly BatchNorm<double> _layer = new(momentum: 0.2);
    private readonly InputProbe<double> _probe = new();
    private readonly Network<double> _network;

    public BatchNormNumberTests()
    {
        _network = new Network<double>(new(2, 2, 3), [_probe, _layer]);
        _network.Initialize(1);
        ((double[])[0.5, -1.5, 2]).CopyTo(_layer.Scale.Values);
        ((double[])[0.1, 0.2, -0.3]).CopyTo(_layer.Bias!.Values);
    }

    [Fact]
    public void A_training_step_gives_what_PyTorch_gives()
    {
        var pass = Train();
        Equal("output", pass.Output);
        Equal("inputGradient", _probe.Gradient);
        Equal("scaleGradient", _layer.Scale.Gradient);
        Equal("biasGradient", _layer.Bias!.Gradient);
    }

    [Fact]
    public void Running_statistics_follow_the_mini_batches_and_inference_uses_them()
    {
        Train();
        Equal("mean", _layer.Mean.Values);
        Equal("variance", _layer.Variance.Values);
        Equal("inferred", _network.Forward(_stored["input"]).Output);
    }

    private NetworkPass<double> Train()
    {
        var pass = new NetworkPass<double>(_network, 3, PassPurpose.Train);
        _stored["input"].CopyTo(pass.Input);
        pass.Forward(3);
        _stored["delta"].CopyTo(pass.OutputGradient);
        pass.Backward();
        return pass;
    }

    private void Equal(string name, ReadOnlySpan<double> values)
    {
        var expected = _stored[name];
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-12);
    }
}
