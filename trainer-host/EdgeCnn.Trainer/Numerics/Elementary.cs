using System;
using System.Numerics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// Exponential, logarithm and cosine made of additions, multiplications and divisions only. The functions of the C library differ in
/// their last bits from one machine to the next; these don't, so a network trained from a seed is the same everywhere.
/// </summary>
public static class Elementary
{
    // ln 2 as a part with trailing zero bits (a small integer times it is exact) and the remainder.
    private const double Ln2High = 0.693145751953125;
    private const double Ln2Low = 1.4286068203094173e-06;

    /// <summary>1/k! for k = 13 … 0.</summary>
    private static ReadOnlySpan<double> InverseFactorials =>
    [
        1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0, 1 / 362880.0, 1 / 40320.0, 1 / 5040.0,
        1 / 720.0, 1 / 120.0, 1 / 24.0, 1 / 6.0, 0.5, 1, 1,
    ];

    /// <summary>eˣ = 2ⁿ · eʳ with |r| ≤ ½ ln 2 and eʳ by its Taylor polynomial of degree 13; error about 1 ulp.</summary>
    public static T Exp<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.IsNaN(x))
            return x;
        x = T.Clamp(x, T.CreateTruncating(-2000), T.CreateTruncating(2000));
        var n = T.Round(x * T.CreateTruncating(1.4426950408889634));
        var r = T.FusedMultiplyAdd(-n, T.CreateTruncating(Ln2High), x);
        r = T.FusedMultiplyAdd(-n, T.CreateTruncating(Ln2Low), r);
        var sum = T.Zero;
        foreach (var coefficient in InverseFactorials)
            sum = T.FusedMultiplyAdd(sum, r, T.CreateTruncating(coefficient));
        return T.ScaleB(sum, int.CreateTruncating(n));
    }

    /// <summary>
    /// ln x for x &gt; 0, by x = 2ⁿ · m with m near 1 and ln m = 2 artanh((m − 1)/(m + 1)); −∞ at 0, NaN below.
    /// </summary>
    public static T Log<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!(x > T.Zero))
            return T.IsZero(x) ? T.NegativeInfinity : T.NaN;
        if (T.IsPositiveInfinity(x))
            return x;
        var exponent = T.ILogB(x);
        var mantissa = T.ScaleB(x, -exponent);
        if (mantissa > T.CreateTruncating(1.4142135623730951))
        {
            mantissa /= T.CreateTruncating(2);
            exponent++;
        }

        var s = (mantissa - T.One) / (mantissa + T.One);
        var square = s * s;
        var series = T.Zero;
        for (var odd = 23; odd >= 1; odd -= 2)
            series = T.FusedMultiplyAdd(series, square, T.One / T.CreateTruncating(odd));
        var n = T.CreateTruncating(exponent);
        return T.FusedMultiplyAdd(n, T.CreateTruncating(Ln2High), T.FusedMultiplyAdd(n, T.CreateTruncating(Ln2Low), (s + s) * series));
    }

    /// <summary>tanh x = 1 − 2/(e²ˣ + 1), an odd function.</summary>
    public static T Tanh<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var two = T.CreateTruncating(2);
        var magnitude = T.One - two / (Exp(two * T.Abs(x)) + T.One);
        return T.CopySign(magnitude, x);
    }

    /// <summary>Logistic sigmoid 1/(1 + e⁻ˣ).</summary>
    public static T Sigmoid<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => T.One / (T.One + Exp(-x));

    /// <summary>
    /// The error function 2/√π ∫₀ˣ e^(−t²) dt by its series 2/√π·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(1·3·…·(2n + 1)), whose terms have one sign; ±1 beyond
    /// 6, where it differs by less than 10⁻¹⁶.
    /// </summary>
    public static T Erf<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.Abs(x) >= T.CreateTruncating(6))
            return T.CopySign(T.One, x);
        T term = x, sum = x, twiceSquare = (x + x) * x;
        for (var odd = 3; T.Abs(term) > T.Epsilon && sum + term != sum; odd += 2)
        {
            term *= twiceSquare / T.CreateTruncating(odd);
            sum += term;
        }

        return sum * Exp(-(x * x)) * T.CreateTruncating(1.1283791670955126);
    }

    /// <summary><paramref name="x"/>ⁿ for n ≥ 0 by squaring.</summary>
    public static double Power(double x, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var result = 1.0;
        for (; n > 0; n >>= 1, x *= x)
        {
            if ((n & 1) != 0)
                result *= x;
        }

        return result;
    }

    /// <summary><paramref name="x"/>ʸ = e^(y·ln x) for x ≥ 0.</summary>
    public static double Power(double x, double y) => y == 0 ? 1 : x == 1 ? 1 : Exp(y * Log(x));

    /// <summary>cos(π·<paramref name="turns"/>) for 0 ≤ turns ≤ 1, by the Taylor series around ½.</summary>
    public static double CosPi(double turns)
    {
        // cos(π t) = −sin(π (t − ½)), and |π (t − ½)| ≤ π/2 where 13 terms are exact to the last bits.
        var x = (turns - 0.5) * 3.141592653589793;
        double term = x, sum = x;
        for (var n = 2; n <= 26; n += 2)
        {
            term *= -(x * x) / (n * (n + 1.0));
            sum += term;
        }

        return -sum;
    }
}
