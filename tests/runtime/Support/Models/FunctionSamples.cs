using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests.Models;

/// <summary>Functions of single numbers.</summary>
internal static class FunctionSamples
{
    private static readonly FixedMultiplier s_none = FixedMultiplier.Of(1);

    [Sample]
    internal static OperatorSample Logistic(SampleRandom random) =>
        Table(random, 0.002f, LookupTable.Logistic, QuantizationParameters.Probability, Sigmoid);

    [Sample]
    internal static OperatorSample Tanh(SampleRandom random) =>
        Table(random, 0.002f, LookupTable.Tanh, QuantizationParameters.SignedUnit, Math.Tanh);

    [Sample]
    internal static OperatorSample Elu(SampleRandom random)
    {
        QuantizationParameters output = random.Tensor([1], ElementType.Int8, 0.01f).Quantization;
        return Table(random, 0.01f, input => LookupTable.Elu(input, output), output, x => x < 0 ? Math.Exp(x) - 1 : x);
    }

    [Sample]
    internal static OperatorSample HardSwish(SampleRandom random)
    {
        QuantizationParameters output = random.Tensor([1], ElementType.Int8, 0.01f).Quantization;
        return Table(random, 0.01f, input => LookupTable.HardSwish(input, output), output, x => x * Math.Clamp(x + 3, 0, 6) / 6);
    }

    [Sample]
    internal static OperatorSample LeakyRelu(SampleRandom random)
    {
        QuantizationParameters output = random.Tensor([1], ElementType.Int8, 0.01f).Quantization;
        double slope = (random.Below(401) - 200) / 100.0;
        return Table(random, 0.01f, Rescaled, output, x => x < 0 ? slope * x : x);

        byte[] Rescaled(QuantizationParameters input)
        {
            double ratio = (double)input.Scale / output.Scale;
            var negative = new SignedMultiplier(FixedMultiplier.Of(Math.Abs(slope) * ratio), slope < 0);
            return LookupTable.Rescale(ElementType.Int8, input, output, FixedMultiplier.Of(ratio), negative, -128, 127);
        }
    }

    [Sample]
    internal static OperatorSample UnsignedToSigned(SampleRandom random)
    {
        IntegerTensor x = random.Tensor(random.Shape(), ElementType.UInt8, 0.01f);
        QuantizationParameters lower = x.Quantization with { ZeroPoint = x.Quantization.ZeroPoint - 128 };
        IntegerTensor y = x with { Type = ElementType.Int8, Quantization = lower };
        byte[] table = LookupTable.Rescale(x.Type, x.Quantization, y.Quantization, s_none, new SignedMultiplier(s_none, false), -128, 127);
        return Of(Lookup.Code, x, y, OwnFields.None(), op => op with { Constant = table }, real => real, bound: 1e-6);
    }

    [Sample]
    internal static OperatorSample Rescale(SampleRandom random)
    {
        int[] types = [ElementType.Int8, ElementType.Int16, ElementType.Int32];
        int[] shape = random.Shape();
        IntegerTensor x = random.Tensor(shape, types[random.Below(3)], 0.01f), y = random.Tensor(shape, types[random.Below(3)], 0.01f);
        // 32-bit integers can't be shifted to the left.
        if (x.Type == ElementType.Int32) x = x with { Quantization = new QuantizationParameters(y.Quantization.Scale / 70000, 0) };
        byte[] own = OwnFields.None();
        bool isClamped = y.Type != ElementType.Int32;
        OwnFields.SetInt16(own, Clamp.MinAt, isClamped ? ElementType.Min(y.Type) : 0);
        OwnFields.SetInt16(own, Clamp.MaxAt, isClamped ? ElementType.Max(y.Type) : 0);
        FixedMultiplier ratio = FixedMultiplier.Of((double)x.Quantization.Scale / y.Quantization.Scale);
        return Of(EdgeCnn.Rescale.Code, x, y, own, op => op with { Scales = [ratio] }, real => real, bound: 1);
    }

    /// <summary>
    /// In steps of 2⁻¹⁵: half of the interpolation's largest error (2¹⁵ · max|s″| · 24⁻² / 16 = 0.3), the entries' rounding 0.25, the
    /// multiplier's 14 bits (2¹⁵ · 2⁻¹⁴ · max x·s′ = 0.5), the result's rounding 0.5, and 0.8 where the table ends; twice as much for
    /// tanh, which is 2·s − 1.
    /// </summary>
    [Sample]
    internal static OperatorSample Sigmoid16(SampleRandom random)
    {
        bool isTanh = random.Coin();
        int shift = random.Below(12);
        int multiplier = 16384 + random.Below(16384);
        var scale = (float)Math.ScaleB(multiplier / 12288.0, -shift);
        var x = new IntegerTensor(random.Shape(), new QuantizationParameters(scale, 0), ElementType.Int16);
        IntegerTensor y = x with { Quantization = new QuantizationParameters(1f / 32768, 0) };
        byte[] own = OwnFields.None();
        OwnFields.SetInt16(own, EdgeCnn.Sigmoid.MultiplierAt, multiplier);
        own[EdgeCnn.Sigmoid.ShiftAt - OperatorRecord.OwnAt] = (byte)shift;
        own[EdgeCnn.Sigmoid.IsTanhAt - OperatorRecord.OwnAt] = (byte)(isTanh ? 1 : 0);
        return Of(
            EdgeCnn.Sigmoid.Code, x, y, own, op => op with { Constant = InterpolationTable.Sigmoid() }, isTanh ? Math.Tanh : Sigmoid,
            bound: isTanh ? 4.7 : 2.35);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>An int8 function as a table: the rounding of the result, and less than half a step of the arithmetic.</summary>
    private static OperatorSample Table(
        SampleRandom random, float smallestScale, Func<QuantizationParameters, byte[]> table, QuantizationParameters output,
        Func<double, double> f)
    {
        IntegerTensor x = random.Tensor(random.Shape(), ElementType.Int8, smallestScale);
        return Of(
            Lookup.Code, x, x with { Quantization = output }, OwnFields.None(), op => op with { Constant = table(x.Quantization) }, f,
            bound: 1);
    }

    private static OperatorSample Of(
        int code, IntegerTensor x, IntegerTensor y, byte[] own, Func<IntegerOperator, IntegerOperator> complete, Func<double, double> f,
        double bound) =>
        new(OperatorSample.Of(code, [x], y, own, complete), inputs => [.. inputs[0].Select(f)], bound);
}
