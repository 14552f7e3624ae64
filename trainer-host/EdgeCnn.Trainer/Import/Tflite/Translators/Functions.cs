using System;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Functions of single numbers: a table for 8 bits, an operator of their own for more.</summary>
internal static class Functions
{
    /// <summary>LOGISTIC.</summary>
    [Translates(TfliteOperator.Logistic)]
    public static void Logistic(Translation t) => Sigmoid(t, isTanh: false);

    /// <summary>TANH.</summary>
    [Translates(TfliteOperator.Tanh)]
    public static void Tanh(Translation t) => Sigmoid(t, isTanh: true);

    /// <summary>ELU.</summary>
    [Translates(TfliteOperator.Elu)]
    public static void Elu(Translation t)
    {
        RequireInt8(t);
        Table(t, LookupTable.Elu(t.Input(0).Quantization, t.Output().Quantization));
    }

    /// <summary>HARD_SWISH.</summary>
    [Translates(TfliteOperator.HardSwish)]
    public static void HardSwish(Translation t)
    {
        RequireInt8(t);
        Table(t, t.Exported(() => LookupTable.HardSwish(t.Input(0).Quantization, t.Output().Quantization)));
    }

    /// <summary>RELU and RELU_N1_TO_1: rescaled (the ratio in single precision), then clamped in the output's quantization. Where that
    /// is the input's, the operator before can clamp.</summary>
    [Translates(TfliteOperator.Relu)]
    [Translates(TfliteOperator.ReluN1To1)]
    public static void Relu(Translation t)
    {
        RequireSameType(t);
        (double min, double max) = t.Code == TfliteOperator.Relu ? (0, double.PositiveInfinity) : (-1, 1);
        int type = t.ElementTypeOf(t.Output());
        QuantizationParameters input = t.Input(0).Quantization, output = t.Output().Quantization;
        (int lowest, int highest) = (OwnFields.Bound(output, min, type), OwnFields.Bound(output, max, type));
        if (!t.MergeClamp(lowest, highest)) Rescale(t, t.Multiplier(input.Scale / output.Scale), lowest, highest);
    }

    /// <summary>RELU6: the input's integers, clamped in the input's quantization, whatever the output's is.</summary>
    [Translates(TfliteOperator.Relu6)]
    public static void Relu6(Translation t)
    {
        RequireSameType(t);
        int type = t.ElementTypeOf(t.Input(0));
        QuantizationParameters input = t.Input(0).Quantization;
        if (type == ElementType.Int16 && (input.ZeroPoint, t.Output().Quantization.ZeroPoint) != (0, 0))
            throw t.Refuse("int16 must have zero point 0");
        int zero = input.ZeroPoint, six = OwnFields.Bound(input, 6, type);
        if (t.MergeClamp(zero, six)) return;
        FixedMultiplier one = FixedMultiplier.Of(1);
        if (type == ElementType.Int16) Rescale(t, one, zero, six);
        else Table(t, LookupTable.Rescale(type, input, input, one, new SignedMultiplier(one, false), zero, six));
    }

    /// <summary>LEAKY_RELU: option alpha; ratios in single precision. int16 is a PReLU whose slope is the constant ±1, alpha being in its
    /// ratio.</summary>
    [Translates(TfliteOperator.LeakyRelu)]
    public static void LeakyRelu(Translation t)
    {
        RequireSameType(t);
        int type = t.ElementTypeOf(t.Input(0));
        QuantizationParameters input = t.Input(0).Quantization, output = t.Output().Quantization;
        float alpha = t.Options.Single(0);
        FixedMultiplier identity = t.Multiplier(input.Scale / output.Scale);
        var slope = new SignedMultiplier(t.Multiplier(Math.Abs(input.Scale * alpha / output.Scale)), alpha < 0);
        if (type != ElementType.Int16)
        {
            Table(t, LookupTable.Rescale(type, input, output, identity, slope, ElementType.Min(type), ElementType.Max(type)));
            return;
        }
        byte[] own = OwnFields.None();
        own[Broadcast.Repeat2At - OperatorRecord.OwnAt] = (byte)((1 << Math.Max(1, t.Output().Shape.Length)) - 1);
        OwnFields.SetClamp(own, output, double.NegativeInfinity, double.PositiveInfinity, type);
        byte sign = unchecked((byte)(slope.IsNegative ? -1 : 1));
        t.Add(PReLU.Code, [t.Input(0)], t.Output(), own, op => op with { Scales = [identity, slope.Magnitude], Constant = [sign] });
    }

    /// <summary>QUANTIZE between integers. From float it is what the model's input already is.</summary>
    [Translates(TfliteOperator.Quantize)]
    public static void Quantize(Translation t)
    {
        if (t.Input(0).Type == TfliteType.Float32)
        {
            if (!t.IsActivation(t.Output())) throw t.Refuse("floats can be quantized only where they are an input of the model");
            return;
        }
        int type = t.ElementTypeOf(t.Output());
        t.ElementTypeOf(t.Input(0));
        QuantizationParameters input = t.Input(0).Quantization, output = t.Output().Quantization;
        bool isWide = type == ElementType.Int32;
        FixedMultiplier ratio = t.Multiplier((double)input.Scale / output.Scale);
        Rescale(t, ratio, isWide ? 0 : ElementType.Min(type), isWide ? 0 : ElementType.Max(type));
    }

    /// <summary>DEQUANTIZE at an output: the output is the integers.</summary>
    [Translates(TfliteOperator.Dequantize)]
    public static void Dequantize(Translation t)
    {
        if (!t.IsModelOutput(t.Output())) throw t.Refuse("integers can become floats only where they are an output of the model");
        if (!t.IsActivation(t.Input(0))) throw t.Refuse($"{t.Input(0)} is not an activation");
        t.Alias(t.Input(0), t.Output());
    }

    /// <summary>Adds what QUANTIZE would make of an input in the output's quantization.</summary>
    /// <returns>The number of the tensor that holds it.</returns>
    public static int AddRescaled(Translation t, TfliteTensor input)
    {
        QuantizationParameters output = t.Output().Quantization;
        int type = t.ElementTypeOf(input);
        if (type is not (ElementType.Int8 or ElementType.Int16))
            throw t.Refuse($"{input} and {t.Output()} must have the same scale and zero point, or be int8 or int16");
        FixedMultiplier ratio = t.Multiplier((double)input.Quantization.Scale / output.Scale);
        var (code, own, complete) = Rescaling(t, input, output, type, ratio, ElementType.Min(type), ElementType.Max(type));
        return t.AddUnnamed(code, input, new IntegerTensor(input.Shape, output, type), own, complete);
    }

    private static void Rescale(Translation t, FixedMultiplier ratio, int min, int max)
    {
        TfliteTensor output = t.Output();
        var (code, own, complete) = Rescaling(t, t.Input(0), output.Quantization, t.ElementTypeOf(output), ratio, min, max);
        t.Add(code, [t.Input(0)], output, own, complete);
    }

    /// <summary>A table where input and output are 8 bits wide, else an operator that computes.</summary>
    private static (int Code, byte[] Own, Func<IntegerOperator, IntegerOperator> Complete) Rescaling(
        Translation t, TfliteTensor input, QuantizationParameters output, int outputType, FixedMultiplier ratio, int min, int max)
    {
        int inputType = t.ElementTypeOf(input);
        byte[] own = OwnFields.None();
        if (ElementType.Bytes(inputType) == 1 && ElementType.Bytes(outputType) == 1)
        {
            byte[] table = LookupTable.Rescale(
                inputType, input.Quantization, output, ratio, new SignedMultiplier(ratio, false), min, max);
            return (Lookup.Code, own, op => op with { Constant = table });
        }
        if (inputType == ElementType.UInt8 || outputType == ElementType.UInt8) throw t.Refuse("uint8 can be rescaled to 8 bits only");
        OwnFields.SetInt16(own, Clamp.MinAt, min);
        OwnFields.SetInt16(own, Clamp.MaxAt, max);
        return (EdgeCnn.Rescale.Code, own, op => op with { Scales = [ratio] });
    }

    private static void Sigmoid(Translation t, bool isTanh)
    {
        RequireSameType(t);
        QuantizationParameters input = t.Input(0).Quantization, output = t.Output().Quantization;
        if (t.Input(0).Type == TfliteType.Int8)
        {
            QuantizationParameters expected = isTanh ? QuantizationParameters.SignedUnit : QuantizationParameters.Probability;
            if (output != expected) throw t.Refuse($"the output must have scale {expected.Scale} and zero point {expected.ZeroPoint}");
            Table(t, t.Exported(() => isTanh ? LookupTable.Tanh(input) : LookupTable.Logistic(input)));
            return;
        }
        if (t.Input(0).Type != TfliteType.Int16 || (input.ZeroPoint, output.ZeroPoint) != (0, 0) || SigmoidFields.PowerOfTwo(output.Scale) != -15)
            throw t.Refuse("int16 must have zero point 0, and the output scale 1/32768");
        t.Add(EdgeCnn.Sigmoid.Code, [t.Input(0)], t.Output(), t.Exported(() => SigmoidFields.Of(input.Scale, isTanh)), op => op with
        {
            Constant = InterpolationTable.Sigmoid(),
        });
    }

    private static void Table(Translation t, byte[] table) =>
        t.Add(Lookup.Code, [t.Input(0)], t.Output(), OwnFields.None(), op => op with { Constant = table });

    private static void RequireInt8(Translation t)
    {
        if ((t.Input(0).Type, t.Output().Type) != (TfliteType.Int8, TfliteType.Int8)) throw t.Refuse("only int8 is supported");
    }

    private static void RequireSameType(Translation t)
    {
        if (t.Input(0).Type is not (TfliteType.Int8 or TfliteType.Int16) || t.Input(0).Type != t.Output().Type)
            throw t.Refuse("input and output must both be int8 or both int16");
    }
}
