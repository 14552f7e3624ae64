using System;
using System.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Arithmetic;

public sealed class FixedPointTests
{
    [Fact]
    public void Exponential_is_close_over_its_whole_range()
    {
        for (long x = -(1L << 31); x <= 0; x += 100_003)
        {
            double exact = Math.Exp(x / (double)(1 << 26)) * int.MaxValue;
            Assert.InRange(FixedPoint.ExpOfNegative((int)x) - exact, -600, 600);   // of 2³¹: 3·10⁻⁷
        }
        Assert.Equal(int.MaxValue, FixedPoint.ExpOfNegative(0));
    }

    [Fact]
    public void Reciprocal_is_close_over_its_whole_range()
    {
        for (long x = 0; x < 1L << 31; x += 100_003)
        {
            double exact = Math.ScaleB(1, 31) / (1 + x / Math.ScaleB(1, 31));
            Assert.InRange(FixedPoint.ReciprocalOfOnePlus((int)x) - exact, -16, 16);
        }
    }

    [Fact]
    public void Leading_zeros_are_counted()
    {
        Assert.Equal(32, FixedPoint.LeadingZeros(0));
        for (int bit = 0; bit < 32; bit++)
        {
            Assert.Equal(31 - bit, FixedPoint.LeadingZeros(1u << bit));
            Assert.Equal(BitOperations.LeadingZeroCount((1u << bit) | 1), FixedPoint.LeadingZeros((1u << bit) | 1));
            Assert.Equal(31 - bit, FixedPoint.LeadingZeros((uint)((2L << bit) - 1)));
        }
    }
}
