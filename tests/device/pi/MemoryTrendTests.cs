using System;
using EdgeCnn.Pi.Tests.Support;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>What counts as flat: an hour of samples, one every five seconds, of 20 MB and garbage that is collected at 5.</summary>
public sealed class MemoryTrendTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Garbage_that_is_collected_is_flat()
    {
        MemoryTrend trend = Hour(_ => 0);
        Assert.Equal("", trend.Judge());
        Assert.InRange(trend.Slope, -1000, 1000);
    }

    [Fact]
    public void What_grows_while_it_warms_up_is_flat() => Assert.Equal("", Hour(minutes => 5 * Math.Min(minutes, 8)).Judge());

    [Fact]
    public void A_tenth_of_a_megabyte_a_minute_is_not()
    {
        MemoryTrend trend = Hour(minutes => 0.1 * minutes);
        Assert.StartsWith("memory grows by 10", trend.Judge());
        Assert.InRange(trend.Slope, 0.099 * Megabyte, 0.101 * Megabyte);
    }

    [Theory]
    [InlineData(1.1, false)]
    [InlineData(0.9, true)]
    public void A_little_more_than_a_megabyte_in_an_hour_is_not(double megabytes, bool isFlat) =>
        Assert.Equal(isFlat, Hour(minutes => megabytes * minutes / 60).Judge().Length == 0);

    [Fact]
    public void A_leak_that_begins_late_is_not() => Assert.NotEqual("", Hour(minutes => Math.Max(0, minutes - 50)).Judge());

    [Fact]
    public void Memory_that_is_taken_and_given_back_is_not() =>
        Assert.StartsWith("memory grew from 25,", Hour(minutes => minutes is > 40 and < 41 ? 6 : 0).Judge());

    [Fact]
    public void What_a_process_takes_is_seen()
    {
        long before = MemoryTrend.Of(Environment.ProcessId);
        byte[] taken = GC.AllocateUninitializedArray<byte>((int)(64 * Megabyte), pinned: true);
        Array.Fill(taken, (byte)1);
        Assert.InRange(MemoryTrend.Of(Environment.ProcessId) - before, 48 * Megabyte, long.MaxValue);
        GC.KeepAlive(taken);
    }

    /// <param name="grown">Megabytes more than at the start, by minutes.</param>
    private static MemoryTrend Hour(Func<double, double> grown)
    {
        const double Collected = 0.7;
        var trend = new MemoryTrend();
        for (double minutes = 0; minutes < 60; minutes += 1 / 12.0)
            trend.Add(minutes, (long)(Megabyte * (20 + 5 * (minutes / Collected % 1) + grown(minutes))));
        return trend;
    }
}
