using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests.Models;

/// <summary>Operators that work on rows along the innermost dimension.</summary>
internal static class RowSamples
{
    [Sample]
    internal static OperatorSample Softmax(SampleRandom random)
    {
        IntegerTensor x = random.Tensor(random.Shape(), ElementType.Int8, 0.01f);
        IntegerTensor y = x with { Quantization = QuantizationParameters.Probability };
        IntegerModel model = OperatorSample.Of(EdgeCnn.Softmax.Code, [x], y, OwnFields.Softmax(x.Quantization.Scale));
        return new OperatorSample(model, inputs => ByRow(inputs[0], x.Shape[^1], Probabilities), Bound: 1);
    }

    private static double[] ByRow(double[] values, int width, Func<double[], double[]> f) => [.. values.Chunk(width).SelectMany(f)];

    private static double[] Probabilities(double[] row)
    {
        double[] exponentials = [.. row.Select(x => Math.Exp(x - row.Max()))];
        return [.. exponentials.Select(e => e / exponentials.Sum())];
    }
}
