using System;
using System.Linq;
using System.Numerics;
using EdgeCnn.Tests.Reference;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Optimizers;
using Xunit;

namespace EdgeCnn.Tests.Optimizers;

/// <summary>Steps with given gradients, compared with PyTorch's; 11 values, so that not all of them fill vectors.</summary>
public class OptimizerReferenceTests
{
    public static TheoryData<string> Kinds => [.. ReferenceData.Names(ReferenceData.Root["optimizers"]!["runs"]!)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Steps_are_those_of_PyTorch(string kind)
    {
        var data = ReferenceData.Root["optimizers"]!;
        var expected = data["runs"]![kind]!["values"]!.AsArray();
        var (start, gradients) = (ReferenceData.Numbers(data["start"]), data["gradients"]!.AsArray());
        var run = new OptimizerRun<double>(Made<double>(kind), start);
        var single = new OptimizerRun<float>(Made<float>(kind), [.. start.Select(value => (float)value)]);
        for (var step = 0; step < gradients.Count; step++)
        {
            var gradient = ReferenceData.Numbers(gradients[step]);
            run.Step(gradient, 0.1);
            single.Step([.. gradient.Select(value => (float)value)], 0.1f);
            var values = ReferenceData.Numbers(expected[step]);
            for (var i = 0; i < values.Length; i++)
            {
                Assert.Equal(values[i], run.Values[i], 1e-12);
                Assert.Equal(values[i], single.Values[i], 2e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_division_into_ranges_does_not_matter(string kind)
    {
        var data = ReferenceData.Root["optimizers"]!;
        float[] start = [.. ReferenceData.Numbers(data["start"]).Select(value => (float)value)];
        var whole = new OptimizerRun<float>(Made<float>(kind), start);
        var parts = new[] { 0..3, 3..4, 4..11 }
            .Select(range => (Range: range, Run: new OptimizerRun<float>(Made<float>(kind), start[range]))).ToArray();
        foreach (var node in data["gradients"]!.AsArray())
        {
            float[] gradient = [.. ReferenceData.Numbers(node).Select(value => (float)value)];
            whole.Step(gradient, 0.1f);
            foreach (var (range, part) in parts)
                part.Step(gradient[range], 0.1f);
        }

        Assert.Equal(whole.Values, parts.SelectMany(part => part.Run.Values));
    }

    private static ElementwiseOptimizer<T> Made<T>(string kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var settings = ReferenceData.Root["optimizers"]!["runs"]![kind]!["settings"]!;
        var constructor = KindTable.Of(typeof(Optimizer<T>))[kind].GetConstructors().Single();
        var values = constructor.GetParameters()
            .Select(parameter => settings[parameter.Name!]?.GetValue<double>() ?? parameter.DefaultValue);
        return (ElementwiseOptimizer<T>)constructor.Invoke([.. values]);
    }
}
