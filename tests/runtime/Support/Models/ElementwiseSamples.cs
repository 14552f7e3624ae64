using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests.Models;

/// <summary>Elementwise operators of two operands: either repeats along any axes, the second one is a tensor or a constant.</summary>
internal static class ElementwiseSamples
{
    /// <summary>Rounding the product and the final rounding: each up to half a step.</summary>
    private const double OneStep = 1;

    [Sample]
    internal static OperatorSample Add(SampleRandom random) => Of(EdgeCnn.Add.Code, random, (a, b) => a + b, SumScales, SumBound);

    [Sample]
    internal static OperatorSample Sub(SampleRandom random) => Of(EdgeCnn.Sub.Code, random, (a, b) => a - b, SumScales, SumBound);

    [Sample]
    internal static OperatorSample SwappedSub(SampleRandom random) =>
        Of(EdgeCnn.Sub.Code, random, (a, b) => b - a, SumScales, SumBound, swapped: true);

    [Sample]
    internal static OperatorSample Mul(SampleRandom random) =>
        Of(EdgeCnn.Mul.Code, random, (a, b) => a * b, (a, b, y) => [(double)Scale(a) * Scale(b) / Scale(y)], (_, _, _) => OneStep);

    [Sample]
    internal static OperatorSample Maximum(SampleRandom random) =>
        Of(EdgeCnn.Maximum.Code, random, Math.Max, (_, _, _) => [], (_, _, _) => 1e-6);

    [Sample]
    internal static OperatorSample Minimum(SampleRandom random) =>
        Of(EdgeCnn.Minimum.Code, random, Math.Min, (_, _, _) => [], (_, _, _) => 1e-6);

    [Sample]
    internal static OperatorSample SquaredDifference(SampleRandom random) =>
        Of(EdgeCnn.SquaredDifference.Code, random, (a, b) => (a - b) * (a - b), SquareScales, SquareBound);

    [Sample]
    internal static OperatorSample PReLU(SampleRandom random) => Of(
        EdgeCnn.PReLU.Code, random, (a, b) => a >= 0 ? a : a * b,
        (a, b, y) => [(double)Scale(a) / Scale(y), (double)Scale(a) * Scale(b) / Scale(y)], (_, _, _) => OneStep);

    private static OperatorSample Of(
        int code, SampleRandom random, Func<double, double, double> f, Func<IntegerTensor, IntegerTensor, IntegerTensor, double[]> ratios,
        Func<IntegerTensor, IntegerTensor, IntegerTensor, double> bound, bool swapped = false)
    {
        int type = random.IntegerType(), secondType = code == EdgeCnn.PReLU.Code ? ElementType.Int8 : type;
        int[] shape = random.Shape();
        int repeat1 = random.Below(1 << shape.Length), repeat2 = random.Below(1 << shape.Length) & ~repeat1;
        if (random.Below(3) == 0) repeat1 = repeat2 = 0;
        IntegerTensor y = random.Tensor(shape, type, 0.02f);
        IntegerTensor a = random.Tensor(Axes.Without(shape, repeat1), type, 0.02f);
        IntegerTensor b = random.Tensor(Axes.Without(shape, repeat2), secondType, 0.02f);
        // Operators that select need no rescaling because all are in one quantization.
        if (ratios(a, b, y).Length == 0) (a, b) = (a with { Quantization = y.Quantization }, b with { Quantization = y.Quantization });
        byte[]? constant = random.Coin() ? random.Bytes(b.Bytes) : null;

        byte[] own = OwnFields.None();
        own[Broadcast.Repeat1At - OperatorRecord.OwnAt] = (byte)repeat1;
        own[Broadcast.Repeat2At - OperatorRecord.OwnAt] = (byte)repeat2;
        own[Broadcast.SwappedAt - OperatorRecord.OwnAt] = (byte)(swapped ? 1 : 0);
        OwnFields.SetInt16(own, Broadcast.ZeroPoint2At, b.Quantization.ZeroPoint);
        double min = random.Coin() ? 0 : double.NegativeInfinity;
        OwnFields.SetClamp(own, y.Quantization, min, double.PositiveInfinity, type);
        IntegerModel model = OperatorSample.Of(code, constant is null ? [a, b] : [a], y, own, op => op with
        {
            Scales = [.. ratios(a, b, y).Select(FixedMultiplier.Of)],
            Constant = constant,
        });
        return new OperatorSample(model, Definition, bound(a, b, y));

        double[] Definition(double[][] inputs)
        {
            double[] second = constant is null ? inputs[1] : OperatorSample.Dequantize(constant, b);
            return [.. Enumerable.Range(0, y.Elements).Select(i =>
                Math.Max(min, f(inputs[0][Axes.Place(i, shape, repeat1)], second[Axes.Place(i, shape, repeat2)])))];
        }
    }

    private static double[] SumScales(IntegerTensor a, IntegerTensor b, IntegerTensor y) =>
    [
        Scale(a) / Common(a, b), Scale(b) / Common(a, b),
        Common(a, b) / (Math.ScaleB(1, y.Type == ElementType.Int16 ? 15 : 20) * Scale(y)),
    ];

    /// <summary>The final rounding, and one unit of the common scale for each operand.</summary>
    private static double SumBound(IntegerTensor a, IntegerTensor b, IntegerTensor y) => OneStep + 2 * SumScales(a, b, y)[2];

    private static double[] SquareScales(IntegerTensor a, IntegerTensor b, IntegerTensor y) =>
        [Scale(a) / Common(a, b), Scale(b) / Common(a, b), Unit(a, b) * Unit(a, b) / Scale(y)];

    /// <summary>The final rounding, and 2·|a − b|·δ + δ² for an error δ of two units of the common scale.</summary>
    private static double SquareBound(IntegerTensor a, IntegerTensor b, IntegerTensor y)
    {
        double widest = (y.Type == ElementType.Int16 ? 65535 : 255) * ((double)Scale(a) + Scale(b)), error = 2 * Unit(a, b);
        return OneStep + (2 * widest * error + error * error) / Scale(y);
    }

    /// <summary>A unit of the common scale of squared differences, which has 7 fraction bits for int8 and none for int16.</summary>
    private static double Unit(IntegerTensor a, IntegerTensor b) => Common(a, b) / (a.Type == ElementType.Int16 ? 1 : 128);

    private static double Common(IntegerTensor a, IntegerTensor b) => 2.0 * Math.Max(Scale(a), Scale(b));

    private static float Scale(IntegerTensor tensor) => tensor.Quantization.Scale;
}
