using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// How the integers of a tensor stand for real numbers: real = Scale · (q − ZeroPoint), q in −128 … 127.
/// </summary>
/// <param name="Scale">Real value of one step, above 0; single precision, as model files hold it.</param>
/// <param name="ZeroPoint">The integer that stands for exactly 0.</param>
public readonly record struct QuantizationParameters(float Scale, int ZeroPoint)
{
    /// <summary>What softmax writes: probabilities in steps of 1/256.</summary>
    public static QuantizationParameters Probability => new(1f / 256, -128);

    /// <summary>What tanh writes: numbers from −1 to 1 in steps of 1/128.</summary>
    public static QuantizationParameters SignedUnit => new(1f / 128, 0);

    /// <summary>The asymmetric quantization whose 256 steps cover [min, max] and 0.</summary>
    /// <exception cref="ArgumentException">A bound is not a finite number.</exception>
    public static QuantizationParameters Covering(double min, double max)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max))
            throw new ArgumentException($"activations from {min} to {max} can't be quantized; the network has diverged");
        (min, max) = (Math.Min(min, 0), Math.Max(max, 0));
        if (max - min < 1e-30) return new QuantizationParameters(1, 0);
        float scale = (float)((max - min) / 255);
        return new QuantizationParameters(scale, (int)Math.Clamp(Round(-128 - min / scale), -128, 127));
    }

    /// <summary>The integer nearest to <paramref name="real"/>, ties away from zero, saturating.</summary>
    public sbyte Quantize(double real) => (sbyte)Math.Clamp(Round(real / Scale) + ZeroPoint, -128, 127);

    /// <summary>The real number that <paramref name="q"/> stands for.</summary>
    public double Dequantize(int q) => (double)Scale * (q - ZeroPoint);

    private static double Round(double x) => Math.Round(x, MidpointRounding.AwayFromZero);
}
