using System;
using System.Linq;
using EdgeCnn.Tests.Reference;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Layers;

public class ActivationReferenceTests
{
    public static TheoryData<string> Kinds => [.. ReferenceData.Names(ReferenceData.Root["activations"]!["functions"]!)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_and_gradients_are_those_of_PyTorch(string kind)
    {
        var data = ReferenceData.Root["activations"]!;
        var (x, delta) = (ReferenceData.Numbers(data["x"]), ReferenceData.Numbers(data["delta"]));
        var expected = data["functions"]![kind]!;
        var constructor = KindTable.Of(typeof(Layer<double>))[kind].GetConstructors().Single();
        var layer = (Layer<double>)constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)]);
        var probe = new InputProbe<double>();
        var pass = new NetworkPass<double>(new Network<double>(Shape.Vector(x.Length), [probe, layer]), 1, PassPurpose.Train);
        x.CopyTo(pass.Input);
        pass.Forward(1);
        delta.CopyTo(pass.OutputGradient);
        pass.Backward();

        Close(ReferenceData.Numbers(expected["values"]), pass.Output.ToArray());
        Close(ReferenceData.Numbers(expected["gradient"]), probe.Gradient);
    }

    private static void Close(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-13 * Math.Max(1, Math.Abs(pair.First))));
}
