using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests.Models;

/// <summary>Pooling over windows of any size, some of them the usual 2 × 2.</summary>
internal static class PoolSamples
{
    /// <summary>Not rounded at all.</summary>
    [Sample]
    internal static OperatorSample MaxPool(SampleRandom random) => Pool(random, EdgeCnn.MaxPool.Code, values => values.Max(), 1e-6);

    /// <summary>Rounded once: half a step.</summary>
    [Sample]
    internal static OperatorSample AveragePool(SampleRandom random) =>
        Pool(random, EdgeCnn.AveragePool.Code, values => values.Average(), 0.5 + 1e-6);

    /// <summary>Sums with a factor, of either sign, and a bias; the final rounding and that of the first product.</summary>
    [Sample]
    internal static OperatorSample SumPool(SampleRandom random)
    {
        var window = new SampleWindow(random);
        IntegerTensor x = random.Tensor(window.Input, ElementType.Int8, 0.01f), y = random.Tensor(window.Output, ElementType.Int8, 0.05f);
        int channels = window.Output[3], largest = random.Below(4) == 0 ? 0 : 100;
        double[] factors = [.. Enumerable.Range(0, channels).Select(_ => (random.Coin() ? -1 : 1) * (double)random.Scale(0.05f))];
        int[] bias = [.. Enumerable.Range(0, channels).Select(_ => random.Below(2 * largest + 1) - largest)];
        var weights = new IntegerWeights([.. factors.Select(factor => (sbyte)Math.Sign(factor))], bias, [.. factors.Select(
            factor => FixedMultiplier.Of(Math.Abs(factor) * x.Quantization.Scale / y.Quantization.Scale))]);
        byte[] own = window.Own(y);
        IntegerModel model = OperatorSample.Of(EdgeCnn.SumPool.Code, [x], y, own, op => op with { Weights = weights });
        return new OperatorSample(
            model,
            inputs => window.Pool(
                inputs[0],
                (values, c) => factors[c] * values.Sum() + Math.Abs(factors[c]) * x.Quantization.Scale * bias[c]),
            Bound: 1);
    }

    /// <summary>Rounded once: half a step.</summary>
    [Sample]
    internal static OperatorSample StochasticPool(SampleRandom random) => Pool(random, EdgeCnn.StochasticPool.Code, Expected, 0.5 + 1e-6);

    /// <summary>Pooling that keeps scale and zero point.</summary>
    private static OperatorSample Pool(SampleRandom random, int code, Func<IEnumerable<double>, double> f, double bound)
    {
        var window = new SampleWindow(random);
        IntegerTensor x = random.Tensor(window.Input, ElementType.Int8, 0.01f), y = x with { Shape = window.Output };
        IntegerModel model = OperatorSample.Of(code, [x], y, window.Own(y));
        return new OperatorSample(model, inputs => window.Pool(inputs[0], (values, _) => f(values)), bound);
    }

    private static double Expected(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0)];
        return positive.Length == 0 ? 0 : positive.Sum(value => value * value) / positive.Sum();
    }

    /// <summary>A random pooling window over a random image.</summary>
    private sealed class SampleWindow
    {
        private readonly int _height, _width, _stride, _top, _left;

        internal SampleWindow(SampleRandom random)
        {
            (_height, _width, _stride) = random.Coin() ? (2, 2, 2) : (1 + random.Below(4), 1 + random.Below(4), 1 + random.Below(3));
            (_top, _left) = (random.Below(_height), random.Below(_width));
            int largest = random.Size(9);
            Input = [1 + random.Below(2), 1 + random.Below(largest), 1 + random.Below(largest), 1 + random.Below(random.Coin() ? 6 : 40)];
            int rows = 1 + random.Below((Input[1] - 1 + _top) / _stride + 1);
            int columns = 1 + random.Below((Input[2] - 1 + _left) / _stride + 1);
            Output = [Input[0], rows, columns, Input[3]];
        }

        internal int[] Input { get; }

        internal int[] Output { get; }

        internal byte[] Own(IntegerTensor y)
        {
            byte[] own = OwnFields.Of(_height, _width, _stride, _stride, _top, _left, 1, 1);
            OwnFields.SetClamp(own, y.Quantization, double.NegativeInfinity, double.PositiveInfinity);
            return own;
        }

        /// <summary>What <paramref name="f"/> makes of the values inside the image under each window, and the channel.</summary>
        internal double[] Pool(double[] input, Func<IEnumerable<double>, int, double> f) =>
            [.. Enumerable.Range(0, Output.Aggregate(1, (a, b) => a * b)).Select(i =>
        {
            int c = i % Output[3], x = i / Output[3] % Output[2], y = i / Output[3] / Output[2] % Output[1];
            int n = i / Output[3] / Output[2] / Output[1];
            return f(Under(y, _height, _top, Input[1]).SelectMany(iy => Under(x, _width, _left, Input[2]).Select(
                ix => input[((n * Input[1] + iy) * Input[2] + ix) * Input[3] + c])), c);
        })];

        private IEnumerable<int> Under(int place, int kernel, int pad, int size) =>
            Enumerable.Range(place * _stride - pad, kernel).Where(i => i >= 0 && i < size);
    }
}
