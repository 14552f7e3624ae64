using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests.Models;

/// <summary>Operators that leave out axes of their input.</summary>
internal static class ReductionSamples
{
    [Sample]
    internal static OperatorSample Sum(SampleRandom random) =>
        Reduced(random, EdgeCnn.Reduce.Sum, (ratio, _) => FixedMultiplier.Of(ratio), values => values.Sum(), bound: 1);

    [Sample]
    internal static OperatorSample Mean(SampleRandom random) =>
        Reduced(
            random, EdgeCnn.Reduce.Sum, (ratio, count) => FixedMultiplier.Of(ratio).DividedBy(count), values => values.Average(), bound: 1);

    [Sample]
    internal static OperatorSample ReduceMax(SampleRandom random) =>
        Reduced(random, EdgeCnn.Reduce.Max, null, values => values.Max(), bound: 1e-6);

    [Sample]
    internal static OperatorSample ReduceMin(SampleRandom random) =>
        Reduced(random, EdgeCnn.Reduce.Min, null, values => values.Min(), bound: 1e-6);

    [Sample]
    internal static OperatorSample ArgMax(SampleRandom random)
    {
        IntegerTensor x = random.Tensor(random.Shape(), random.IntegerType(), 0.01f);
        int axis = random.Below(x.Shape.Count);
        bool smallest = random.Coin();
        byte[] own = OwnFields.None();
        own[EdgeCnn.ArgMax.AxisAt - OperatorRecord.OwnAt] = (byte)axis;
        own[EdgeCnn.ArgMax.SmallestAt - OperatorRecord.OwnAt] = (byte)(smallest ? 1 : 0);
        var y = new IntegerTensor(Axes.Without(x.Shape, 1 << axis), new QuantizationParameters(1, 0), ElementType.Int32);
        return new OperatorSample(
            OperatorSample.Of(EdgeCnn.ArgMax.Code, [x], y, own),
            inputs => Groups(
                inputs[0], x.Shape, 1 << axis, values => (double)Array.IndexOf(values, smallest ? values.Min() : values.Max())),
            Bound: 1e-6);
    }

    private static OperatorSample Reduced(
        SampleRandom random, int function, Func<double, int, FixedMultiplier>? scale, Func<double[], double> f, double bound)
    {
        IntegerTensor x = random.Tensor(random.Shape(), random.IntegerType(), 0.01f);
        int axes = random.Below(1 << x.Shape.Count);
        IntegerTensor y = random.Tensor(Axes.Without(x.Shape, axes), x.Type, 0.1f);
        if (scale is null) y = y with { Quantization = x.Quantization };
        byte[] own = OwnFields.None();
        own[EdgeCnn.Reduce.AxesAt - OperatorRecord.OwnAt] = (byte)axes;
        own[EdgeCnn.Reduce.FunctionAt - OperatorRecord.OwnAt] = (byte)function;
        double ratio = (double)x.Quantization.Scale / y.Quantization.Scale;
        IntegerModel model = OperatorSample.Of(EdgeCnn.Reduce.Code, [x], y, own, op => op with
        {
            Scales = scale is null ? null : [scale(ratio, x.Elements / y.Elements)],
        });
        return new OperatorSample(model, inputs => Groups(inputs[0], x.Shape, axes, f), bound);
    }

    /// <summary>f of the elements that go into each output, in the order of the input.</summary>
    private static double[] Groups(double[] values, IReadOnlyList<int> shape, int axes, Func<double[], double> f) =>
        [.. Enumerable.Range(0, values.Length).GroupBy(i => Axes.Place(i, shape, axes)).OrderBy(group => group.Key)
            .Select(group => f([.. group.Select(i => values[i])]))];
}
