using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Tests.Models;

/// <summary>Operators that move elements without computing.</summary>
internal static class MovementSamples
{
    [Sample]
    internal static OperatorSample Reshape(SampleRandom random)
    {
        IntegerTensor x = random.Tensor(random.Shape(), random.IntegerType(), 0.01f);
        IntegerModel model = OperatorSample.Of(EdgeCnn.Reshape.Code, [x], x with { Shape = [x.Elements] }, OwnFields.None());
        return new OperatorSample(model, inputs => inputs[0], Bound: 1e-6);
    }
}
