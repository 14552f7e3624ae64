using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Functions of single numbers: a table of 256 bytes, which is exactly what ONNX defines.</summary>
[Imports(
    "Abs", "Ceil", "Celu", "Clip", "Cos", "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish", "LeakyRelu", "Log", "Mish",
    "Neg", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin", "Softplus", "Softsign", "Sqrt", "Tanh", "ThresholdedRelu")]
internal sealed class Unary : OnnxOperator
{
    private const float SeluAlpha = 1.67326319217681884765625f, SeluGamma = 1.05070102214813232421875f;

    private static readonly Dictionary<string, Func<OnnxCall, Func<float, float>>> Functions = new(StringComparer.Ordinal)
    {
        ["Abs"] = _ => Math.Abs,
        ["Ceil"] = _ => MathF.Ceiling,
        ["Celu"] = call => call.Single("alpha", 1) is var a ? x => x > 0 ? x : a * (MathF.Exp(x / a) - 1) : null!,
        ["Clip"] = call => Bounds(call) is var (min, max) ? x => (float)Math.Min(Math.Max(x, min), max) : null!,
        ["Cos"] = _ => MathF.Cos,
        ["Elu"] = call => call.Single("alpha", 1) is var a ? x => x > 0 ? x : a * (MathF.Exp(x) - 1) : null!,
        ["Erf"] = _ => Erf,
        ["Exp"] = _ => MathF.Exp,
        ["Floor"] = _ => MathF.Floor,
        ["Gelu"] = call => call.Text("approximate", "none") == "tanh" ? TanhGelu : x => 0.5f * x * (1 + Erf(x / MathF.Sqrt(2))),
        ["HardSigmoid"] = call => (call.Single("alpha", 0.2f), call.Single("beta", 0.5f)) is var (a, b)
            ? x => Math.Clamp(a * x + b, 0, 1)
            : null!,
        ["HardSwish"] = _ => x => x * Math.Clamp(x / 6 + 0.5f, 0, 1),
        ["LeakyRelu"] = call => call.Single("alpha", 0.01f) is var a ? x => x < 0 ? a * x : x : null!,
        ["Log"] = _ => MathF.Log,
        ["Mish"] = _ => x => x * MathF.Tanh(Softplus(x)),
        ["Neg"] = _ => x => -x,
        ["Reciprocal"] = _ => x => 1 / x,
        ["Relu"] = _ => x => Math.Max(x, 0),
        ["Round"] = _ => MathF.Round,
        ["Selu"] = call => (call.Single("alpha", SeluAlpha), call.Single("gamma", SeluGamma)) is var (a, g)
            ? x => x > 0 ? g * x : g * (a * MathF.Exp(x) - a) : null!,
        ["Sigmoid"] = _ => x => 1 / (1 + MathF.Exp(-x)),
        ["Sign"] = _ => x => Math.Sign(x),
        ["Sin"] = _ => MathF.Sin,
        ["Softplus"] = _ => Softplus,
        ["Softsign"] = _ => x => x / (1 + Math.Abs(x)),
        ["Sqrt"] = _ => MathF.Sqrt,
        ["Tanh"] = _ => MathF.Tanh,
        ["ThresholdedRelu"] = call => call.Single("alpha", 1) is var a ? x => x > a ? x : 0 : null!,
    };

    public override QuantizationParameters? Natural(OnnxCall call) => call.Kind switch
    {
        "Sigmoid" or "HardSigmoid" => QuantizationParameters.Probability,
        "Tanh" or "Softsign" or "Erf" or "Sin" or "Cos" => QuantizationParameters.SignedUnit,
        _ => null,
    };

    /// <summary>The bounds of an operator that is nothing but a clamp, or null.</summary>
    public static (double Min, double Max)? ClampOf(OnnxCall call) => call.Kind switch
    {
        "Relu" => (0, double.PositiveInfinity),
        "Clip" => BoundsAreConstant(call) ? Bounds(call) : null,
        _ => null,
    };

    public override int[][] Shapes(OnnxCall call) => [call.Shape()];

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs) => [inputs[0].Map(Functions[call.Kind](call))];

    public override void Translate(OnnxTranslation t)
    {
        Func<float, float> function = Functions[t.Kind](t);
        byte[] table = LookupTable.Function(t.Quantization(), t.Result(), function);
        int[] order = t.Order();
        t.Add(Lookup.Code, [t.Tensor(0, order)], order, OwnFields.None(), op => op with { Constant = table });
    }

    private static bool BoundsAreConstant(OnnxCall call) => (!call.Has(1) || call.IsConstant(1)) && (!call.Has(2) || call.IsConstant(2));

    /// <summary>Bounds are attributes before version 11, then inputs.</summary>
    private static (double Min, double Max) Bounds(OnnxCall call)
    {
        double min = call.Has(1) ? One(call, 1) : call.Single("min", float.NegativeInfinity);
        double max = call.Has(2) ? One(call, 2) : call.Single("max", float.PositiveInfinity);
        return min <= max ? (min, max) : throw call.Refuse($"it clamps to [{min}, {max}], which is empty");
    }

    private static float One(OnnxCall call, int input) =>
        call.Real(input).Values is [var value] ? value : throw call.Refuse($"'{call.Name(input)}' must be one number");

    private static float Softplus(float x) => x > 20 ? x : MathF.Log(1 + MathF.Exp(x));

    private static float TanhGelu(float x) => 0.5f * x * (1 + MathF.Tanh(MathF.Sqrt(2 / MathF.PI) * (x + 0.044715f * x * x * x)));

    /// <summary>The error function: its series near zero, its continued fraction elsewhere (Abramowitz and Stegun, 7.1.6 and
    /// 7.1.14).</summary>
    private static float Erf(float real)
    {
        double x = Math.Abs((double)real), square = x * x, result;
        if (x < 2.5)
        {
            double term = x, sum = x;
            for (int n = 1; n < 60; n++) sum += term *= 2 * square / (2 * n + 1);
            result = 2 / Math.Sqrt(Math.PI) * Math.Exp(-square) * sum;
        }
        else
        {
            double fraction = x;
            for (int n = 60; n > 0; n--) fraction = x + n / 2.0 / fraction;
            result = 1 - Math.Exp(-square) / Math.Sqrt(Math.PI) / fraction;
        }
        return (float)Math.CopySign(result, real);
    }
}
