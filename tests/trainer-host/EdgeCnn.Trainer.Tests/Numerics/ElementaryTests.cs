using System;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Numerics;

public class ElementaryTests
{
    [Fact]
    public void They_agree_with_the_library_to_the_last_bits()
    {
        for (var x = -40.0; x <= 40; x += 0.37)
        {
            Close(Math.Exp(x), Elementary.Exp(x), 4e-16);
            Close(Math.Log(Math.Exp(x)), Elementary.Log(Math.Exp(x)), 4e-16);
            Close(MathF.Exp((float)x), Elementary.Exp((float)x), 2.5e-7);
            Assert.InRange(Elementary.Tanh(x) - Math.Tanh(x), -1e-15, 1e-15);
            Assert.InRange(Elementary.Sigmoid(x) - 1 / (1 + Math.Exp(-x)), -1e-15, 1e-15);
        }

        for (var turns = 0.0; turns <= 1; turns += 1 / 64.0)
            Assert.InRange(Elementary.CosPi(turns) - Math.Cos(Math.PI * turns), -1e-15, 1e-15);
    }

    [Fact]
    public void Their_ends_are_those_of_the_functions()
    {
        Assert.Equal(0, Elementary.Exp(double.NegativeInfinity));
        Assert.Equal(0f, Elementary.Exp(-200f));
        Assert.Equal(float.PositiveInfinity, Elementary.Exp(200f));
        Assert.Equal(double.PositiveInfinity, Elementary.Exp(double.PositiveInfinity));
        Assert.True(double.IsNaN(Elementary.Exp(double.NaN)));
        Assert.Equal(1, Elementary.Exp(0.0));
        Assert.Equal(0, Elementary.Log(1.0));
        Assert.Equal(double.NegativeInfinity, Elementary.Log(0.0));
        Assert.True(double.IsNaN(Elementary.Log(-1.0)));
        Assert.Equal(-1, Elementary.Tanh(-1e9));
    }

    private static void Close(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(expected - actual) <= relative * Math.Abs(expected), $"{expected} and {actual}");
}
