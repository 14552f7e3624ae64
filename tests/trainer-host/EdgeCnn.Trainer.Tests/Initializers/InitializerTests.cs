using System;
using System.Linq;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Initializers;

/// <summary>Moments and bounds of 40,000 draws with fan-in 30 and fan-out 70, against the published formulas.</summary>
public class InitializerTests
{
    private const int FanIn = 30;
    private const int FanOut = 70;

    /// <summary>Mean, deviation and largest distance from the mean.</summary>
    public static TheoryData<Initializer, double, double, double> Laws => new()
    {
        { new Zeros(), 0, 0, 0 },
        { new Constant(0.25), 0.25, 0, 0 },
        { new Uniform(-0.1, 0.3), 0.1, 0.4 / Math.Sqrt(12), 0.2 },
        { new Normal(0.5, 0.2), 0.5, 0.2, double.PositiveInfinity },
        { new TruncatedNormal(0.5, 0.2), 0.5, 0.2 * 0.87962566, 0.4 },
        { new XavierUniform(), 0, Math.Sqrt(2.0 / (FanIn + FanOut)), Math.Sqrt(6.0 / (FanIn + FanOut)) },
        { new XavierNormal(), 0, Math.Sqrt(2.0 / (FanIn + FanOut)), double.PositiveInfinity },
        { new HeUniform(), 0, Math.Sqrt(2.0 / FanIn), Math.Sqrt(6.0 / FanIn) },
        { new HeNormal(), 0, Math.Sqrt(2.0 / FanIn), double.PositiveInfinity },
    };

    [Theory]
    [MemberData(nameof(Laws), DisableDiscoveryEnumeration = true)]
    public void Draws_have_the_published_mean_deviation_and_bound(Initializer initializer, double mean, double deviation, double bound)
    {
        var values = Draws(initializer, 40_000);
        var distances = values.Select(value => Math.Abs(value - mean)).Max();
        var spread = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.Equal(mean, values.Average(), 0.02 * deviation + 1e-9);
        Assert.Equal(deviation, spread, 0.02 * deviation + 1e-9);
        Assert.True(distances <= bound + 1e-9);
        if (double.IsPositiveInfinity(bound))
            Assert.True(distances > 3 * deviation);
        else
            Assert.True(distances >= 0.99 * bound);
    }

    [Fact]
    public void Every_kind_has_a_law()
    {
        var tested = Laws.Select(row => KindTable.NameOf(row.Data.Item1)).Order(StringComparer.Ordinal);
        Assert.Equal(KindTable.Of(typeof(Initializer)).Keys, tested);
    }

    [Fact]
    public void Draws_depend_on_seed_and_stream_only()
    {
        Assert.Equal(Draws(new HeNormal(), 9), Draws(new HeNormal(), 9));
        Assert.NotEqual(Draws(new HeNormal(), 9), Draws(new HeNormal(), 9, stream: 1));
    }

    private static double[] Draws(Initializer initializer, int count, ulong stream = 0)
    {
        var values = new double[count];
        initializer.Fill<double>(values, FanIn, FanOut, new SplitMix64(5, stream));
        return values;
    }
}
