using System;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Pi.Pipeline;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class ExchangeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Exchange<int[]> _exchange = new(() => new int[1]);

    [Fact]
    public void The_newest_item_wins_and_the_others_are_counted()
    {
        for (int i = 1; i <= 5; i++) Write(i, newestWins: true);
        Assert.Equal(5, _exchange.Take(Patience)![0]);
        Assert.Equal(4, _exchange.Dropped);
        Assert.Null(_exchange.Take(TimeSpan.Zero));
    }

    [Fact]
    public async Task Where_every_item_counts_the_writer_waits()
    {
        Task writing = Task.Run(
            () =>
            {
                for (int i = 1; i <= 1000; i++) Write(i, newestWins: false);
            },
            TestContext.Current.CancellationToken);
        int[] taken = [.. Enumerable.Range(0, 1000).Select(_ => _exchange.Take(Patience)![0])];
        await writing;
        Assert.Equal(Enumerable.Range(1, 1000), taken);
        Assert.Equal(0, _exchange.Dropped);
    }

    [Fact]
    public async Task Closing_ends_both_sides_and_what_waits_is_still_taken()
    {
        Write(1, newestWins: false);
        Task<bool> writing = Task.Run(() => _exchange.Publish(newestWins: false), TestContext.Current.CancellationToken);
        _exchange.Close();
        Assert.False(await writing);
        Assert.False(_exchange.IsEnded);
        Assert.Equal(1, _exchange.Take(Patience)![0]);
        Assert.True(_exchange.IsEnded);
        Assert.Null(_exchange.Take(Patience));
    }

    private void Write(int value, bool newestWins)
    {
        _exchange.Writing[0] = value;
        _exchange.Publish(newestWins);
    }
}
