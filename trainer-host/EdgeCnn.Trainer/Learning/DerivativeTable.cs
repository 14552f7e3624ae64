using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Learning;

/// <summary>
/// The derivative of a function that the model file has as a table of 256 integers. The table says nothing of its formula: the known ones
/// are compared with it, and the one that is nowhere off by more than a step gives the derivative; where none is, a line through the
/// neighbouring entries does.
/// </summary>
/// <param name="Values">f′ for every input byte in 1/2¹⁵ of 2^<paramref name="Exponent"/>.</param>
/// <param name="Exponent">The power of two above the largest derivative.</param>
internal sealed record DerivativeTable(int[] Values, int Exponent)
{
    private const int MaxExponent = sbyte.MaxValue;

    /// <summary>Entries on each side that the line of an unknown function goes through.</summary>
    private const int Reach = 3;

    /// <summary>Known functions and their derivatives.</summary>
    private static readonly (Func<double, double> Value, Func<double, double> Derivative)[] Known =
    [
        (Logistic, x => Logistic(x) * (1 - Logistic(x))),
        (Elementary.Tanh, x => 1 - Elementary.Tanh(x) * Elementary.Tanh(x)),
        (x => x < 0 ? Elementary.Exp(x) - 1 : x, x => x < 0 ? Elementary.Exp(x) : 1),
        (x => x * Math.Clamp(x + 3, 0, 6) / 6, x => x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6),
        (x => Math.Clamp(x / 6 + 0.5, 0, 1), x => x is > -3 and < 3 ? 1 / 6.0 : 0),
        (x => Math.Clamp(0.2 * x + 0.5, 0, 1), x => x is > -2.5 and < 2.5 ? 0.2 : 0),
    ];

    /// <summary>Derivatives of a Lookup of int8.</summary>
    public static unsafe DerivativeTable Of(byte* model, int op)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        double inputScale = StepSizes.Scale(model, input), outputScale = StepSizes.Scale(model, output);
        int inputZero = TensorRecord.ZeroPoint(model, input), outputZero = TensorRecord.ZeroPoint(model, output);
        byte* table = model + OperatorRecord.Weights(model, op);
        double[] x = new double[Lookup.TableBytes];
        int[] y = new int[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            // In the order of the input's integers, −128 first.
            x[i] = inputScale * (i - 128 - inputZero);
            y[i] = (sbyte)table[(byte)(i - 128)];
        }
        double[] derivatives = Derivatives(x, y, inputScale, outputScale, outputZero);
        return Of([.. Enumerable.Range(0, x.Length).Select(i => derivatives[(i + 128) % x.Length])]);
    }

    private static DerivativeTable Of(double[] derivatives)
    {
        double largest = derivatives.Max(Math.Abs);
        int exponent = largest == 0 ? 0 : (int)Math.Clamp(Math.Floor(Math.Log2(largest)) + 1, -MaxExponent, MaxExponent);
        return new DerivativeTable(
            [.. derivatives.Select(value => (int)Math.Clamp(Math.Round(Math.ScaleB(value, 15 - exponent)), short.MinValue, short.MaxValue))], exponent);
    }

    private static double[] Derivatives(double[] x, int[] y, double inputScale, double outputScale, int outputZero)
    {
        double best = double.PositiveInfinity;
        double[]? derivatives = null;
        foreach ((Func<double, double> value, Func<double, double> derivative) in Known.Concat(Rectifiers(x, y, outputScale, outputZero)))
        {
            double[] errors = [.. x.Select((real, i) => Math.Abs(Math.Clamp(value(real) / outputScale + outputZero, -128, 127) - y[i]))];
            if (errors.Max() > 1 || errors.Sum() >= best) continue;
            (best, derivatives) = (errors.Sum(), [.. x.Select(derivative)]);
        }
        return derivatives ?? [.. x.Select((_, i) => Slope(y, i) * outputScale / inputScale)];
    }

    /// <summary>x, or below 0 slope · x, with the slope that the table has from its lowest entry to 0.</summary>
    private static IEnumerable<(Func<double, double> Value, Func<double, double> Derivative)> Rectifiers(
        double[] x, int[] y, double outputScale, int outputZero)
    {
        if (x[0] >= 0) yield break;
        double slope = outputScale * (y[0] - outputZero) / x[0];
        yield return (real => real < 0 ? slope * real : real, real => real < 0 ? slope : 1);
    }

    /// <summary>Slope of the line nearest to the entries around <paramref name="i"/>, in steps of y for a step of x.</summary>
    private static double Slope(int[] y, int i)
    {
        int first = Math.Max(0, i - Reach), last = Math.Min(y.Length - 1, i + Reach);
        double middle = (first + last) / 2.0, products = 0, squares = 0;
        for (int k = first; k <= last; k++)
        {
            products += (k - middle) * y[k];
            squares += (k - middle) * (k - middle);
        }
        return products / squares;
    }

    private static double Logistic(double x) => 1 / (1 + Elementary.Exp(-x));
}
