using System;
using System.Numerics;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Tests.Arithmetic;

public sealed class RequantizeTests
{
    [Theory]
    [InlineData(int.MinValue, int.MinValue, int.MaxValue)]
    [InlineData(1, 1 << 30, 1)]
    [InlineData(-1, 1 << 30, 0)]
    [InlineData(3, 1 << 30, 2)]
    [InlineData(-3, 1 << 30, -1)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue - 1)]
    public void The_high_product_rounds_halves_up_and_saturates_once(int a, int b, int expected) =>
        Assert.Equal(expected, Requantize.MultiplyHigh(a, b));

    [Theory]
    [InlineData(5, 1, 3)]
    [InlineData(-5, 1, -3)]
    [InlineData(4, 1, 2)]
    [InlineData(6, 2, 2)]
    [InlineData(-6, 2, -2)]
    [InlineData(int.MinValue, 31, -1)]
    [InlineData(int.MaxValue, 31, 1)]
    [InlineData(1 << 30, 31, 1)]
    [InlineData((1 << 30) - 1, 31, 0)]
    [InlineData(-7, 0, -7)]
    public void The_shift_rounds_halves_away_from_zero(int x, int n, int expected) => Assert.Equal(expected, Requantize.ShiftRight(x, n));

    [Fact]
    public void Multiplication_equals_the_specification_in_unbounded_integers()
    {
        for (uint i = 0; i < 200_000; i++)
        {
            int x = (int)Generator.Bits(1, i) >> (int)(i % 29), shift = (int)(i % 62) - 31;
            int multiplier = (1 << 30) + (int)(Generator.Bits(2, i) >> 2);
            Assert.Equal(Specification(x, multiplier, shift), Requantize.Multiply(x, multiplier, shift));
        }
    }

    [Theory]
    [InlineData(0.5, 1 << 30, 0)]
    [InlineData(1.0, 1 << 30, 1)]
    [InlineData(0.25, 1 << 30, -1)]
    [InlineData(0.75, 3 << 29, 0)]
    [InlineData(0.99999999999, 1 << 30, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(1e-10, 0, 0)]
    public void Real_multipliers_become_mantissa_and_shift(double value, int mantissa, int shift) =>
        Assert.Equal(new FixedMultiplier(mantissa, shift), FixedMultiplier.Of(value));

    [Fact]
    public void A_fixed_multiplier_is_within_half_a_unit_of_its_mantissa()
    {
        for (uint i = 0; i < 10_000; i++)
        {
            double value = Math.ScaleB(1 + Generator.Bits(3, i) / 4294967296.0, (int)(i % 50) - 30);
            if (value >= 1 << 30) continue;
            Assert.InRange(FixedMultiplier.Of(value).Value / value - 1, -Math.ScaleB(1, -31), Math.ScaleB(1, -31));
        }
    }

    /// <summary>LiteRT's MultiplyByQuantizedMultiplier with double rounding, from its description.</summary>
    private static int Specification(int x, int multiplier, int shift)
    {
        BigInteger shifted = unchecked(x << Math.Max(shift, 0));   // wraps as the reference's int32 does
        BigInteger product = shifted * multiplier;
        BigInteger nudge = product.Sign >= 0 ? BigInteger.One << 30 : BigInteger.One - (BigInteger.One << 30);
        BigInteger high = BigInteger.Divide(product + nudge, BigInteger.One << 31);   // truncates, as C does
        BigInteger divisor = BigInteger.One << Math.Max(-shift, 0);
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(high) * 2 + divisor, divisor * 2, out _);
        return (int)(high.Sign < 0 ? -quotient : quotient);
    }
}
