using System;
using System.Linq;
using EdgeCnn.Tests.Reference;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Layers;

public class ConvolutionReferenceTests
{
    public static TheoryData<string> Names => [.. ReferenceData.Names(ReferenceData.Root["layers"]!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_and_gradients_are_those_of_PyTorch(string name)
    {
        (Layer<double> layer, Shape input) = name switch
        {
            "conv1d" => (new Conv1D<double>(3, 3, 2, Padding.Of(2), 2), new Shape(1, 7, 2)),
            "conv2d dilated" => (new Conv2D<double>(3, new(2, 3), dilation: new(2, 1)), new Shape(6, 5, 2)),
            "conv2d grouped" => (new Conv2D<double>(6, new(3, 3), new(1, 2), Padding.Of(1), groups: 2), new Shape(4, 5, 4)),
            "conv3d" => ((Layer<double>)new Conv3D<double>(3, new(2, 3, 2), new(1, 2, 1)), Shape.Volume(3, 4, 5, 2)),
            "transposeConv2d" => (new TransposeConv2D<double>(3, new(3, 2), new(2, 2), Padding.Of(1)), new Shape(3, 4, 2)),
            _ => throw new InvalidOperationException($"{name} has no layer here."),
        };
        var data = ReferenceData.Root["layers"]![name]!;
        var probe = new InputProbe<double>();
        var network = new Network<double>(input, [probe, layer]);
        ReferenceData.Numbers(data["weights"]).CopyTo(layer.Weights!.Values);
        ReferenceData.Numbers(data["bias"]).CopyTo(layer.Bias!.Values);
        network.WeightsChanged();
        var pass = new NetworkPass<double>(network, 1, PassPurpose.Train);
        ReferenceData.Numbers(data["input"]).CopyTo(pass.Input);
        pass.Forward(1);
        ReferenceData.Numbers(data["delta"]).CopyTo(pass.OutputGradient);
        pass.Backward();

        Close("output", pass.Output);
        Close("inputGradient", probe.Gradient);
        Close("weightGradient", layer.Weights.Gradient);
        Close("biasGradient", layer.Bias.Gradient);

        void Close(string what, ReadOnlySpan<double> actual)
        {
            var expected = ReferenceData.Numbers(data[what]);
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
        }
    }
}
