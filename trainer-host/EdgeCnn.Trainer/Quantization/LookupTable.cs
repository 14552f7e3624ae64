using System;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// Functions of one 8-bit number as 256 bytes, indexed by the input's byte, computed as TensorFlow Lite Micro's reference kernels compute
/// them, or (<see cref="Function"/>) as ONNX defines them.
/// </summary>
public static class LookupTable
{
    /// <summary>Bits before the point of the argument of logistic and tanh, the sign aside.</summary>
    private const int IntegerBits = 4;

    /// <summary>Logistic sigmoid, from int8 to <see cref="QuantizationParameters.Probability"/>.</summary>
    /// <exception cref="ExportException">The input's steps are too large for fixed point.</exception>
    public static byte[] Logistic(QuantizationParameters input) =>
        FixedPointFunction(input, x => Requantize.ShiftRight(FixedPoint.Logistic(x), 31 - 8) - 128);

    /// <summary>Hyperbolic tangent, from int8 to <see cref="QuantizationParameters.SignedUnit"/>.</summary>
    /// <exception cref="ExportException">The input's steps are too large for fixed point.</exception>
    public static byte[] Tanh(QuantizationParameters input) =>
        FixedPointFunction(input, x => Requantize.ShiftRight(FixedPoint.Tanh(x), 31 - 7));

    /// <summary>The same numbers in another quantization, held to [min, max].</summary>
    /// <param name="inputType">int8 or uint8.</param>
    /// <param name="input">The input's zero point is used.</param>
    /// <param name="output">The output's zero point is used.</param>
    /// <param name="positive">What scales values from 0 on: the ratio of the scales.</param>
    /// <param name="negative">What scales values below 0: the same, or times a slope.</param>
    /// <param name="min">Lowest output.</param>
    /// <param name="max">Highest output.</param>
    public static byte[] Rescale(
        int inputType, QuantizationParameters input, QuantizationParameters output, FixedMultiplier positive, SignedMultiplier negative,
        int min, int max) => Of(inputType, q =>
    {
        int x = q - input.ZeroPoint;
        int y = x >= 0 ? Requantize.Multiply(x, positive.Mantissa, positive.Shift) : negative.Multiply(x);
        return Math.Clamp(y + output.ZeroPoint, min, max);
    });

    /// <summary>Exponential linear unit, x or eˣ − 1, in single precision.</summary>
    public static byte[] Elu(QuantizationParameters input, QuantizationParameters output)
    {
        float inverseScale = 1 / output.Scale;
        return Of(ElementType.Int8, q =>
        {
            float x = input.Scale * (q - input.ZeroPoint), y = x < 0 ? (float)(Math.Exp(x) - 1) : x;
            float steps = MathF.Round(y * inverseScale, MidpointRounding.AwayFromZero) + output.ZeroPoint;
            return (int)Math.Clamp(steps, sbyte.MinValue, sbyte.MaxValue);
        });
    }

    /// <summary>x · clamp(x + 3, 0, 6) / 6 with 16-bit fixed-point numbers.</summary>
    /// <exception cref="ExportException">The output's steps are too small for fixed point.</exception>
    public static byte[] HardSwish(QuantizationParameters input, QuantizationParameters output)
    {
        float fineScale = 1f / 128 * input.Scale;
        float outputRatio = fineScale / output.Scale, gateRatio = fineScale / (3f / 32768);
        if (!(outputRatio is >= 0 and < 1 && gateRatio is >= 0 and < 1 << 16))
            throw new ExportException($"hard-swish from steps of {input.Scale:g3} to steps of {output.Scale:g3} does not fit fixed point");
        FixedMultiplier toOutput = FixedMultiplier.Of(outputRatio), toGate = FixedMultiplier.Of(gateRatio);
        int outputMultiplier = To16Bits(toOutput.Mantissa), gateMultiplier = To16Bits(toGate.Mantissa);
        return Of(ElementType.Int8, q =>
        {
            int x = (q - input.ZeroPoint) << 7;
            int scaled = MultiplyHigh(x, outputMultiplier), gate = x;   // x on the output's scale, and where x = 3 is 2¹⁵
            if (toGate.Shift > 0) gate = ShiftLeft(gate, toGate.Shift - 1);
            gate = MultiplyHigh(gate, gateMultiplier);
            if (toGate.Shift > 0) gate = ShiftLeft(gate, 1);
            if (toGate.Shift < 0) gate = Requantize.ShiftRight(gate, -toGate.Shift);
            gate = (gate + (1 << 15)) >> 1;
            int y = Requantize.ShiftRight(gate * scaled / (1 << 15), -toOutput.Shift) + output.ZeroPoint;
            return Math.Clamp(y, sbyte.MinValue, sbyte.MaxValue);
        });
    }

    /// <summary>Any function, computed in single precision and rounded to the nearest step, ties to even, as ONNX defines QuantizeLinear
    /// and DequantizeLinear. Where the function has no value, the result is real zero.</summary>
    public static byte[] Function(QuantizationParameters input, QuantizationParameters output, Func<float, float> f) =>
        Of(ElementType.Int8, q =>
        {
            float steps = MathF.Round(f((q - input.ZeroPoint) * input.Scale) / output.Scale) + output.ZeroPoint;
            return float.IsNaN(steps) ? output.ZeroPoint : (int)Math.Clamp(steps, sbyte.MinValue, sbyte.MaxValue);
        });

    /// <summary>The same numbers in another quantization, rounded to nearest.</summary>
    public static byte[] Change(QuantizationParameters input, QuantizationParameters output) =>
        Of(ElementType.Int8, q => output.Quantize(input.Dequantize(q)));

    private static byte[] FixedPointFunction(QuantizationParameters input, Func<int, int> f)
    {
        double step = Math.ScaleB(input.Scale, 31 - IntegerBits);
        if (!(step >= 0 && step < 1 << Requantize.MaxShift))
            throw new ExportException($"steps of {input.Scale:g3} are too large for the argument of a sigmoid or tanh");
        FixedMultiplier multiplier = FixedMultiplier.Of(step);
        // From here on the argument does not fit, and the function is all but its limit.
        double radius = Math.Floor(((1 << IntegerBits) - 1) * Math.ScaleB(1, 31 - IntegerBits - multiplier.Shift));
        return Of(ElementType.Int8, q =>
        {
            int x = q - input.ZeroPoint;
            if (x <= -radius) return sbyte.MinValue;
            return x >= radius ? sbyte.MaxValue : Math.Clamp(f(Requantize.Multiply(x, multiplier.Mantissa, multiplier.Shift)), -128, 127);
        });
    }

    private static byte[] Of(int inputType, Func<int, int> f)
    {
        byte[] table = new byte[Lookup.TableBytes];
        for (int i = 0; i < table.Length; i++) table[i] = unchecked((byte)f(inputType == ElementType.Int8 ? (sbyte)i : i));
        return table;
    }

    /// <summary>A Q31 mantissa rounded to Q15.</summary>
    private static int To16Bits(int mantissa) => (int)Math.Min(((long)mantissa + (1 << 15)) >> 16, short.MaxValue);

    /// <summary>The doubling high product of 16-bit numbers.</summary>
    private static int MultiplyHigh(int a, int b) => Requantize.MultiplyHigh(a << 16, b);

    private static int ShiftLeft(int x, int n) => (int)Math.Clamp((long)x << n, short.MinValue, short.MaxValue);
}
