using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Quantization;

/// <summary>Ranges with the least squared error and the least loss of information.</summary>
public sealed class HistogramObserverTests
{
    public static TheoryData<string> Methods => ["mse", "entropy"];

    [Fact]
    public void Divergence_is_what_the_formula_gives()
    {
        // Kept: 1, 2, 3, 4, then 5 and 5 that saturate. p = (1, 2, 3, 14)/20; two levels of 3 and 7 make q = (1.5, 1.5, 3.5, 3.5)/10.
        double expected = 0.05 * Math.Log(0.05 / 0.15)
            + 0.1 * Math.Log(0.1 / 0.15) + 0.15 * Math.Log(0.15 / 0.35) + 0.7 * Math.Log(0.7 / 0.35);
        Assert.Equal(expected, EntropyObserver.Divergence([1, 2, 3, 4, 5, 5], bins: 4, levels: 2), 1e-12);
        // An empty bin stays empty: q = (3, 0, 3.5, 3.5)/10.
        expected = 0.3 * Math.Log(0.3 / 0.3) + 0.3 * Math.Log(0.3 / 0.35) + 0.4 * Math.Log(0.4 / 0.35);
        Assert.Equal(expected, EntropyObserver.Divergence([3, 0, 3, 4], bins: 4, levels: 2), 1e-12);
        Assert.Equal(0, EntropyObserver.Divergence([3, 1, 3, 4], bins: 4, levels: 4), 1e-12);
        // All that saturates falls into a bin where nothing was: q = (3, 0.5)/3.
        expected = 0.3 * Math.Log(0.3 / 1) + 0.7 * Math.Log(0.7 * 6);
        Assert.Equal(expected, EntropyObserver.Divergence([3, 0, 3, 4], bins: 2, levels: 2), 1e-12);
    }

    [Fact]
    public void The_squared_error_is_the_least_of_all_ranges_that_shrink_both_sides_alike()
    {
        float[] values = Uniform(1, -1, 1, -4, 4);
        (double min, double max) = RangeOf("mse", values);
        double least = Error(values, min, max);
        for (int part = 8; part <= 128; part += 8) Assert.True(least <= Error(values, -part / 32.0, part / 32.0) * 1.01);
        Assert.True(least < 0.5 * Error(values, -4, 4));
    }

    [Fact]
    public void Few_values_that_are_a_little_larger_saturate_and_few_that_are_much_larger_do_not()
    {
        // 400,000 values in steps of 1/85 are off by 4.6 in all, squared; in steps of 1/255 by 0.5, and the one at 3 by 4 at most.
        Assert.InRange(RangeOf("mse", Uniform(2, 0, 1, 3)).Max, 1, 2.6);
        Assert.InRange(RangeOf("mse", Uniform(2, 0, 1, 30)).Max, 15, 30);
        Assert.InRange(RangeOf("entropy", LongTailed(2, twoSided: false)).Max, 4, 25);
        (double min, double max) = RangeOf("entropy", LongTailed(3, twoSided: true));
        Assert.InRange(min, -25, -4);
        Assert.InRange(max, 4, 25);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void What_all_values_share_does_not_saturate(string method)
    {
        (double min, double max) = RangeOf(method, Uniform(4, -1, 2));
        Assert.Equal(-1, min, 0.1);
        Assert.Equal(2, max, 0.1);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_order_of_the_values_is_of_no_importance(string method)
    {
        float[] values = LongTailed(5, twoSided: true);
        Assert.Equal(RangeOf(method, values), RangeOf(method, [.. values.Reverse()]));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Values_that_are_all_the_same_are_covered(string method)
    {
        Assert.Equal((0, 0), RangeOf(method, [0, 0, 0]));
        Assert.Equal(3, RangeOf(method, [3, 3, 3]).Max, 1e-6);
        Assert.Equal(-3, RangeOf(method, [-3, -3, -3]).Min, 1e-6);
    }

    private static (double Min, double Max) RangeOf(string method, float[] values)
    {
        RangeObserver observer = new Recipes.QuantizationRecipe(method: method).CreateObserver();
        observer.Observe(values);
        return observer.Range;
    }

    /// <summary>Evenly distributed values, and a few others.</summary>
    private static float[] Uniform(ulong seed, double low, double high, params float[] others)
    {
        var random = new SplitMix64(seed, 0);
        return [.. Enumerable.Range(0, 400_000).Select(_ => (float)random.Between(low, high)), .. others];
    }

    /// <summary>Exponentially distributed magnitudes with mean 1, and a few near 100.</summary>
    private static float[] LongTailed(ulong seed, bool twoSided)
    {
        var random = new SplitMix64(seed, 0);
        IEnumerable<double> body = Enumerable.Range(0, 100_000).Select(_ => -Math.Log(random.Between(1e-9, 1)) * Sign());
        IEnumerable<double> tail = Enumerable.Range(0, 4).SelectMany(i => twoSided ? new[] { 99.0 + i, -99 - i } : [99.0 + i]);
        return [.. body.Concat(tail).Select(x => (float)x)];

        int Sign() => twoSided && random.Between(0, 1) < 0.5 ? -1 : 1;
    }

    private static double Error(float[] values, double min, double max)
    {
        QuantizationParameters quantization = QuantizationParameters.Covering(min, max);
        return values.Sum(x => Math.Pow(x - quantization.Dequantize(quantization.Quantize(x)), 2));
    }
}
