using System;
using System.Linq;
using EdgeCnn.Tests.Reference;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Losses;
using Xunit;

namespace EdgeCnn.Tests.Losses;

public class LossTests
{
    private const double Smoothing = 0.1;
    private static readonly double[] Outputs = [0.3, -1.2, 2.5];
    private static readonly double[] Targets = [0, 0.25, 0.75];

    public static TheoryData<string> Kinds => [.. KindTable.Of(typeof(Loss<double>)).Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_gradient_equals_finite_differences(string kind)
    {
        var type = KindTable.Of(typeof(Loss<double>))[kind];
        object[] settings = type.GetConstructor([]) is null ? [Smoothing] : [];
        var loss = (Loss<double>)Activator.CreateInstance(type, settings)!;
        var (gradient, ignored) = (new double[3], new double[3]);
        loss.Evaluate(Outputs, Targets, gradient);
        for (var i = 0; i < 3; i++)
        {
            double At(double step)
            {
                var moved = (double[])Outputs.Clone();
                moved[i] += step;
                return loss.Evaluate(moved, Targets, ignored);
            }

            Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, gradient[i], 8);
        }
    }

    [Fact]
    public void Their_values_are_those_of_the_formulas()
    {
        var gradient = new double[3];
        var squares = 0.09 + 1.45 * 1.45 + 1.75 * 1.75;
        Assert.Equal(squares / 2, new HalfSumOfSquares<double>().Evaluate(Outputs, Targets, gradient), 12);
        Assert.Equal(squares / 3, new MeanSquaredError<double>().Evaluate(Outputs, Targets, gradient), 12);
        var sum = Math.Exp(0.3) + Math.Exp(-1.2) + Math.Exp(2.5);
        var expected = -0.25 * Math.Log(Math.Exp(-1.2) / sum) - 0.75 * Math.Log(Math.Exp(2.5) / sum);
        Assert.Equal(expected, new SoftmaxCrossEntropy<double>().Evaluate(Outputs, Targets, gradient), 12);
        Assert.Equal(Math.Exp(0.3) / sum, gradient[0], 12);
    }

    [Theory]
    [InlineData("softmaxCrossEntropy")]
    [InlineData("softmaxCrossEntropy smoothed by 0.1", 0.1)]
    [InlineData("binaryCrossEntropy")]
    [InlineData("halfSumOfSquares")]
    [InlineData("meanSquaredError")]
    public void Values_and_gradients_are_those_of_PyTorch(string name, params double[] settings)
    {
        var type = KindTable.Of(typeof(Loss<double>))[name.Split(' ')[0]];
        object[] defaults = [.. type.GetConstructors().Single().GetParameters().Select(parameter => parameter.DefaultValue!)];
        var loss = (Loss<double>)Activator.CreateInstance(type, settings.Length > 0 ? [.. settings.Cast<object>()] : defaults)!;
        var data = ReferenceData.Root["losses"]!;
        var (output, expected) = (ReferenceData.Numbers(data["output"]), data["cases"]![name]!);
        var (target, gradient) = (ReferenceData.Numbers(expected["target"]), new double[8]);
        var sum = loss.Evaluate(output.AsSpan(0, 4), target.AsSpan(0, 4), gradient.AsSpan(0, 4))
            + loss.Evaluate(output.AsSpan(4), target.AsSpan(4), gradient.AsSpan(4));
        Assert.Equal(expected["loss"]!.GetValue<double>(), sum, 13);
        Assert.All(gradient.Zip(ReferenceData.Numbers(expected["gradient"])), pair => Assert.Equal(pair.Second, pair.First, 13));
    }

    [Fact]
    public void Binary_cross_entropy_of_large_logits_is_finite()
    {
        var gradient = new float[2];
        Assert.Equal(300f, new BinaryCrossEntropy<float>().Evaluate([200, -100], [0, 1], gradient));
        Assert.Equal([1f, -1f], gradient);
    }

    [Fact]
    public void Softmax_of_large_values_is_finite()
    {
        float[] scores = [1000, 999, -1000];
        SoftmaxCrossEntropy<float>.Softmax(scores, scores);
        Assert.Equal(0.7310586f, scores[0], 6);
        Assert.Equal(0f, scores[2]);
    }
}
