using System;
using System.Linq;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Which label is shown while scores flicker.</summary>
public sealed class SmoothingTests
{
    private Smoothing _smoothing;

    [Fact]
    public void Nothing_is_shown_before_a_mean_is_high_enough()
    {
        _smoothing.Start(3, shift: 2);
        Assert.Equal(Smoothing.None, Add(0, 255, 0));
        Assert.Equal(Smoothing.None, Add(0, 255, 0));
        Assert.Equal(Smoothing.None, Add(0, 255, 0));
        Assert.Equal(1, Add(0, 255, 0));
    }

    [Fact]
    public void A_single_odd_frame_changes_nothing()
    {
        _smoothing.Start(2);
        for (int i = 0; i < 20; i++) Add(255, 0);
        Assert.Equal(0, Add(0, 255));
        Assert.Equal(0, Add(255, 0));
    }

    [Fact]
    public void Between_the_limits_what_is_shown_stays()
    {
        _smoothing.Start(2, shift: 0);
        Assert.Equal(Smoothing.None, Add(128, 0));
        Assert.Equal(0, Add(160, 0));
        Assert.Equal(0, Add(128, 0));
        Assert.Equal(Smoothing.None, Add(101, 0));
        Assert.Equal(Smoothing.None, Add(128, 0));
    }

    [Fact]
    public void Another_label_takes_over_when_it_is_high_enough()
    {
        _smoothing.Start(2, shift: 0);
        Assert.Equal(0, Add(200, 50));
        Assert.Equal(0, Add(110, 140));
        Assert.Equal(1, Add(90, 160));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    public void Means_come_as_close_to_a_constant_score_as_rounding_allows(int shift)
    {
        _smoothing.Start(3, shift);
        for (int i = 0; i < 5000; i++) Add(255, 128, 0);
        int reach = 1 << shift;
        Assert.InRange(_smoothing.Mean(0), Smoothing.One - reach, Smoothing.One);
        Assert.InRange(_smoothing.Mean(1), Smoothing.One / 2 - reach, Smoothing.One / 2 + reach);
        Assert.InRange(_smoothing.Mean(2), 0, reach);
    }

    [Fact]
    public void Means_follow_the_formula()
    {
        var random = new Random(1);
        _smoothing.Start(1, shift: 3);
        double mean = 0;
        foreach (int score in Enumerable.Range(0, 500).Select(_ => random.Next(255)))
        {
            Add(score);
            mean += (score * 256 - mean) / 8;
            Assert.InRange(_smoothing.Mean(0) - mean, -4.01, 4.01);
        }
    }

    private int Add(params ReadOnlySpan<int> scores)
    {
        for (int i = 0; i < scores.Length; i++) _smoothing.Move(i, scores[i]);
        return _smoothing.Decide();
    }
}
