using System.Linq;
using EdgeCnn.Trainer.Data;
using Xunit;

namespace EdgeCnn.Tests.Data;

public sealed class SplitTests
{
    private static readonly byte[] Labels = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i % 10 == 9 ? 7 : i % 3))];

    [Fact]
    public void Every_sample_is_in_one_part_and_classes_keep_their_proportions()
    {
        var (remainder, part) = Split.ByClass(Labels, 0.25, 4);
        Assert.Equal(Enumerable.Range(0, 1000), remainder.Concat(part).Order());
        foreach (var label in (byte[])[0, 1, 2, 7])
        {
            var all = Labels.Count(other => other == label);
            Assert.InRange(part.Count(i => Labels[i] == label) - 0.25 * all, -0.5, 0.5);
        }
    }

    [Fact]
    public void The_seed_decides()
    {
        Assert.Equal(Split.ByClass(Labels, 0.25, 4).Part, Split.ByClass(Labels, 0.25, 4).Part);
        Assert.NotEqual(Split.ByClass(Labels, 0.25, 4).Part.Order(), Split.ByClass(Labels, 0.25, 5).Part.Order());
    }

    [Fact]
    public void Any_beginning_of_a_part_holds_all_classes()
    {
        var (remainder, _) = Split.ByClass([.. Labels.Order()], 0.2, 1);
        Assert.Equal(4, remainder.Take(60).Select(i => Labels.Order().ElementAt(i)).Distinct().Count());
    }

    [Fact]
    public void No_class_loses_all_its_samples()
    {
        byte[] few = [0, 0, 1, 2, 2, 2];
        var (remainder, part) = Split.ByClass(few, 0.99, 1);
        Assert.Equal((byte[])[0, 1, 2], remainder.Select(i => few[i]).Order());
        Assert.Equal(3, part.Length);
        Assert.Equal(2, Split.ByClass(few, 0.01, 1).Part.Length);
    }
}
