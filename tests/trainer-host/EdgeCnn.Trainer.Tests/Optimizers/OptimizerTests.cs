using System;
using System.Linq;
using EdgeCnn.Trainer.Optimizers;
using Xunit;

namespace EdgeCnn.Tests.Optimizers;

public class OptimizerTests
{
    [Fact]
    public void Biases_do_not_decay()
    {
        ElementwiseOptimizer<double>[] decaying = [new Sgd<double>(weightDecay: 0.5), new AdamW<double>(weightDecay: 0.5)];
        foreach (var optimizer in decaying)
        {
            var run = new OptimizerRun<double>(optimizer, [2]);
            run.Step([0], 0.1, decays: false);
            Assert.Equal(2, run.Values[0]);
            run.Step([0], 0.1, decays: true);
            Assert.Equal(2 - 0.1 * 0.5 * 2, run.Values[0], 12);
        }
    }

    [Fact]
    public void Ftrl_computes_the_published_formulas()
    {
        // One coordinate of algorithm 1 of McMahan et al., 2013, beside ours.
        const double alpha = 0.1, beta = 1, l1 = 0.3, l2 = 0.05;
        var run = new OptimizerRun<double>(new Ftrl<double>(beta, l1, l2), [0]);
        double z = 0, n = 0, w = 0;
        var sawZero = false;
        foreach (var g in new[] { 0.2, 0.5, -0.1, -1.4, 0.9, 0.31 })
        {
            var sigma = (Math.Sqrt(n + g * g) - Math.Sqrt(n)) / alpha;
            z += g - sigma * w;
            n += g * g;
            w = Math.Abs(z) <= l1 ? 0 : -(z - Math.Sign(z) * l1) / ((beta + Math.Sqrt(n)) / alpha + l2);
            run.Step([g], alpha);
            Assert.Equal(w, run.Values[0], 14);
            sawZero |= run.Values[0] == 0;
        }

        Assert.True(sawZero);
        Assert.NotEqual(0, w);
    }

    [Fact]
    public void Ftrl_starts_where_the_initializers_put_the_values()
    {
        var run = new OptimizerRun<double>(new Ftrl<double>(1, 0.2, 0.1), [0.5, -0.25, 0]);
        run.Step([0, 0, 0], 0.1);
        Assert.Equal(0.5, run.Values[0], 14);
        Assert.Equal(-0.25, run.Values[1], 14);
        Assert.Equal(0, run.Values[2]);
    }

    [Fact]
    public void LBfgs_finds_the_minimum_of_Rosenbrocks_valley()
    {
        // f = Σ 100(yᵢ − xᵢ²)² + (1 − xᵢ)² over two pairs; the minimum is 0 at 1.
        double[] w = [-1.2, 1, 0.5, -0.7];
        var evaluations = Minimize(new LBfgs<double>(5), w, 100, (values, gradient) =>
        {
            double sum = 0;
            for (var i = 0; i < values.Length; i += 2)
            {
                double x = values[i], a = values[i + 1] - x * x, b = 1 - x;
                sum += 100 * a * a + b * b;
                (gradient[i], gradient[i + 1]) = (-400 * a * x - 2 * b, 200 * a);
            }

            return sum;
        });
        Assert.InRange(evaluations, 1, 100);
        Assert.All(w, value => Assert.Equal(1, value, 1e-5));
    }

    [Fact]
    public void LBfgs_solves_a_quadratic_of_wide_spread_curvature()
    {
        double[] curvature = [1, 10, 100, 1000], w = [3, -2, 1, 4];
        Minimize(new LBfgs<double>(), w, 40, (values, gradient) =>
        {
            for (var i = 0; i < 4; i++)
                gradient[i] = curvature[i] * values[i];
            return values.Select((value, i) => curvature[i] * value * value / 2).Sum();
        });
        Assert.All(w, value => Assert.Equal(0, value, 1e-6));
    }

    [Fact]
    public void LBfgs_leaves_alone_what_does_not_train()
    {
        double[] w = [5, 7], gradient = [1, 2], slots = new double[2 * 23];
        var optimizer = new LBfgs<double>();
        optimizer.Update(new VectorStep<double>(w, gradient, slots, [(0, 1)], 3, 1));
        Assert.Equal([4, 7], w);
    }

    /// <summary>Steps until the value is below 1e-12; returns how many.</summary>
    private static int Minimize(LBfgs<double> optimizer, double[] w, int most, Func<double[], double[], double> f)
    {
        var slots = new double[optimizer.Slots.Count * w.Length];
        var gradient = new double[w.Length];
        for (var evaluation = 1; evaluation <= most; evaluation++)
        {
            var value = f(w, gradient);
            if (value < 1e-12)
                return evaluation;
            optimizer.Update(new VectorStep<double>(w, gradient, slots, [(0, w.Length)], value, 1));
        }

        return most + 1;
    }
}
