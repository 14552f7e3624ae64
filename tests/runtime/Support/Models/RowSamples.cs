using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests.Models;

/// <summary>Operators that work on rows along the innermost dimension.</summary>
internal static class RowSamples
{
    [Sample]
    internal static OperatorSample Softmax(SampleRandom random) => Of(
        EdgeCnn.Softmax.Code, Input(random), QuantizationParameters.Probability, ElementType.Int8, OwnFields.Softmax, Probabilities,
        bound: 1);

    /// <summary>Rounding half a step; the sum of at most five exponentials is off by 2⁻²⁰ each, 5/16 of a step of 2⁻¹⁶.</summary>
    [Sample]
    internal static OperatorSample WideSoftmax(SampleRandom random) => Of(
        EdgeCnn.Softmax.Code, Input(random), new QuantizationParameters(1f / 65536, -32768), ElementType.Int16, OwnFields.Softmax,
        Probabilities, bound: 1);

    /// <summary>
    /// In steps of 2⁻¹⁵: an exponential is off by half of the interpolation's largest error (2¹⁵ · (10/512)² / 16 = 0.8), its rounding and
    /// its entries' 1, and by 1.5 where the table ends; a probability by that of its own and of all that it is divided by; then the
    /// reciprocal's and the result's rounding.
    /// </summary>
    [Sample]
    internal static OperatorSample Softmax16(SampleRandom random)
    {
        IntegerTensor x = random.Tensor(random.Shape(), ElementType.Int16, 0.01f);
        FixedMultiplier scale = FixedMultiplier.Of(x.Quantization.Scale * 6553.5);
        return Of(
            EdgeCnn.Softmax16.Code, x, new QuantizationParameters(1f / 32768, 0), ElementType.Int16, _ => OwnFields.None(), Probabilities,
            bound: 3.3 * (1 + x.Shape[^1]) + 2, op => op with { Scales = [scale], Constant = InterpolationTable.Softmax16() });
    }

    /// <summary>One step; but a difference to the maximum beyond the radius of Q5.26, which is 15.5 to 31, makes the lowest output, −255
    /// steps of 1/16, as LiteRT has it.</summary>
    [Sample]
    internal static OperatorSample LogSoftmax(SampleRandom random)
    {
        IntegerTensor x = Input(random);
        byte[] fields = OwnFields.Softmax(x.Quantization.Scale);
        FixedMultiplier back = OwnFields.InverseOfSoftmaxScale(fields);
        double beyond = (1 - BitConverter.ToInt32(fields, EdgeCnn.Softmax.MinDifferenceAt - OperatorRecord.OwnAt)) * x.Quantization.Scale;
        return Of(
            EdgeCnn.LogSoftmax.Code, x, new QuantizationParameters(1f / 16, 127), ElementType.Int8, OwnFields.Softmax,
            row => [.. row.Select(v => v - row.Max() - Math.Log(row.Sum(w => Math.Exp(w - row.Max()))))],
            bound: 1 + Math.Max(0, 255 - 16 * beyond), op => op with { Scales = [back] });
    }

    [Sample]
    internal static OperatorSample L2Normalization(SampleRandom random) => Of(
        EdgeCnn.L2Normalization.Code, Input(random), QuantizationParameters.SignedUnit, ElementType.Int8, _ => OwnFields.None(), Normalized,
        bound: 1);

    private static IntegerTensor Input(SampleRandom random) => random.Tensor(random.Shape(), ElementType.Int8, 0.01f);

    private static OperatorSample Of(
        int code, IntegerTensor x, QuantizationParameters output, int outputType, Func<double, byte[]> own, Func<double[], double[]> row,
        double bound, Func<IntegerOperator, IntegerOperator>? complete = null)
    {
        IntegerTensor y = x with { Quantization = output, Type = outputType };
        IntegerModel model = OperatorSample.Of(code, [x], y, own(x.Quantization.Scale), complete);
        return new OperatorSample(model, inputs => [.. inputs[0].Chunk(x.Shape[^1]).SelectMany(row)], bound);
    }

    private static double[] Probabilities(double[] row)
    {
        double[] exponentials = [.. row.Select(x => Math.Exp(x - row.Max()))];
        return [.. exponentials.Select(e => e / exponentials.Sum())];
    }

    private static double[] Normalized(double[] row)
    {
        double length = Math.Sqrt(row.Sum(x => x * x));
        return [.. row.Select(x => length > 0 ? x / length : 0)];
    }
}
