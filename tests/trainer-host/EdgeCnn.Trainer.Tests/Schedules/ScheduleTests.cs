using System;
using System.Linq;
using EdgeCnn.Trainer.Schedules;
using Xunit;

namespace EdgeCnn.Tests.Schedules;

/// <summary>Rates of 4 epochs of 10 steps, by the formulas.</summary>
public class ScheduleTests
{
    private const int Steps = 10;
    private const int Epochs = 4;

    [Fact]
    public void Fixed_stays() => Check(new FixedRate(0.3), _ => 0.3);

    [Fact]
    public void Step_falls_at_whole_epochs() => Check(new StepRate(0.8, 2, 0.5), t => t < 2 ? 0.8 : 0.4);

    [Fact]
    public void Exponential_falls_by_its_factor_every_epoch() => Check(new ExponentialRate(0.8, 0.5), t => 0.8 * Math.Pow(0.5, t));

    [Fact]
    public void Polynomial_ends_at_its_final_rate()
    {
        Check(new PolynomialRate(0.5, 0.1), t => 0.5 - 0.4 * t / 4);
        Check(new PolynomialRate(0.5, 0.1, 2), t => 0.1 + 0.4 * Math.Pow(1 - t / 4, 2));
        Assert.Equal(0.1, new PolynomialRate(0.5, 0.1).RateAt(99, Steps, Epochs));
    }

    [Fact]
    public void Inverse_falls_with_the_reciprocal_of_time()
    {
        Check(new InverseRate(0.5, 2), t => 0.5 / (1 + 2 * t));
        Check(new InverseRate(0.5, 0.1, 0.75), t => 0.5 * Math.Pow(1 + 0.1 * t, -0.75));
    }

    [Fact]
    public void Cosine_falls_by_half_a_turn() => Check(new CosineRate(0.5, 0.1), t => 0.1 + 0.2 * (1 + Math.Cos(Math.PI * t / 4)));

    [Fact]
    public void Warm_up_rises_in_a_straight_line_and_then_follows_the_other()
    {
        var cosine = new CosineRate(0.5);
        Check(new WarmUpRate(new FixedRate(0.5), 2, 0.2), t => 0.5 * Math.Min(1, 0.2 + 0.8 * t / 2));
        Assert.Equal(0.1 * cosine.RateAt(0, Steps, Epochs), new WarmUpRate(cosine).RateAt(0, Steps, Epochs));
        Assert.Equal(cosine.RateAt(25, Steps, Epochs), new WarmUpRate(cosine).RateAt(25, Steps, Epochs));
    }

    [Fact]
    public void A_plateau_lowers_the_rate_after_its_patience()
    {
        // PyTorch's ReduceLROnPlateau(factor=0.1, patience=1, threshold=0.01) for the same losses: two bad epochs in a row lower the rate.
        var schedule = new PlateauRate(new FixedRate(0.5), 0.1, 1, 0.01, 0.002);
        double[] losses = [1, 0.9, 0.895, 0.892, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6];
        double[] rates = [0.5, 0.5, 0.5, 0.05, 0.05, 0.05, 0.005, 0.005, 0.001, 0.001, 0.001];
        foreach (var (loss, rate) in losses.Zip(rates))
        {
            schedule.EpochEnded(loss);
            Assert.Equal(rate, schedule.RateAt(7, Steps, Epochs), 12);
        }
    }

    [Fact]
    public void A_plateau_continues_from_its_saved_numbers_also_under_a_warm_up()
    {
        Schedule Made() => new WarmUpRate(new PlateauRate(new FixedRate(0.5), patience: 0));
        var (first, second) = (Made(), Made());
        first.EpochEnded(1);
        first.EpochEnded(1);
        first.Numbers.CopyTo(second.Numbers);
        Assert.Equal(0.05, second.RateAt(39, Steps, Epochs), 12);
        Assert.ThrowsAny<ArgumentException>(() => new PlateauRate(new PlateauRate(new FixedRate(1))));
    }

    private static void Check(Schedule schedule, Func<double, double> formula)
    {
        for (var step = 0; step < Steps * Epochs; step++)
            Assert.Equal(formula(step / (double)Steps), schedule.RateAt(step, Steps, Epochs), 12);
    }
}
