using System;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Operators on rows of scores: probabilities, their logarithms, lengths brought to 1.</summary>
internal static class Scores
{
    /// <summary>SOFTMAX: option beta.</summary>
    [Translates(TfliteOperator.Softmax)]
    public static void Softmax(Translation t)
    {
        TfliteTensor input = t.Input(0), output = t.Output();
        double step = (double)t.Options.Single(0) * input.Quantization.Scale;
        switch (input.Type, output.Type)
        {
            case (TfliteType.Int8, TfliteType.Int8):
                Require(t, QuantizationParameters.Probability);
                t.Add(EdgeCnn.Softmax.Code, [input], output, t.Exported(() => OwnFields.Softmax(step)));
                break;
            case (TfliteType.Int8, TfliteType.Int16):
                Require(t, new QuantizationParameters(1f / 65536, short.MinValue));
                t.Add(EdgeCnn.Softmax.Code, [input], output, t.Exported(() => OwnFields.Softmax(step)));
                break;
            case (TfliteType.Int16, TfliteType.Int16):
                Require(t, new QuantizationParameters(1f / 32768, 0));
                FixedMultiplier scale = t.Multiplier(step / (10.0 / 65535));
                t.Add(Softmax16.Code, [input], output, OwnFields.None(), op => op with
                {
                    Scales = [scale],
                    Constant = InterpolationTable.Softmax16(),
                });
                break;
            default:
                throw t.Refuse($"{input} can't become {output}; only int8 to int8 or int16, and int16 to int16");
        }
    }

    /// <summary>LOG_SOFTMAX.</summary>
    [Translates(TfliteOperator.LogSoftmax)]
    public static void LogSoftmax(Translation t)
    {
        RequireInt8(t);
        Require(t, new QuantizationParameters(16f / 256, 127));
        byte[] own = t.Exported(() => OwnFields.Softmax(t.Input(0).Quantization.Scale));
        FixedMultiplier back = OwnFields.InverseOfSoftmaxScale(own);
        t.Add(EdgeCnn.LogSoftmax.Code, [t.Input(0)], t.Output(), own, op => op with { Scales = [back] });
    }

    /// <summary>L2_NORMALIZATION: option activation, which must be none.</summary>
    [Translates(TfliteOperator.L2Normalization)]
    public static void L2Normalization(Translation t)
    {
        RequireInt8(t);
        Require(t, QuantizationParameters.SignedUnit);
        if (t.Options.Int8(0) != 0) throw t.Refuse("a fused activation is not supported");
        if (t.Input(0).Shape is [.., > EdgeCnn.L2Normalization.MaxChannels])
            throw t.Refuse($"rows are at most {EdgeCnn.L2Normalization.MaxChannels} wide");
        t.Add(EdgeCnn.L2Normalization.Code, [t.Input(0)], t.Output(), OwnFields.None());
    }

    private static void RequireInt8(Translation t)
    {
        if ((t.Input(0).Type, t.Output().Type) != (TfliteType.Int8, TfliteType.Int8)) throw t.Refuse("only int8 is supported");
    }

    /// <summary>The output's quantization is given by the operator; a thousandth more or less is the same.</summary>
    private static void Require(Translation t, QuantizationParameters expected)
    {
        QuantizationParameters output = t.Output().Quantization;
        if (output.ZeroPoint != expected.ZeroPoint || !(Math.Abs(output.Scale / expected.Scale - 1) <= 0.001f))
            throw t.Refuse($"the output must have scale {expected.Scale:g6} and zero point {expected.ZeroPoint}");
    }
}
