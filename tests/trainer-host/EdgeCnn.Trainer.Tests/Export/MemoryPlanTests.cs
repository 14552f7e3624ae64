using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Export;

public sealed class MemoryPlanTests
{
    [Fact]
    public void A_chain_needs_its_two_largest_neighbours()
    {
        (int[] offsets, int bytes) = MemoryPlan.Make([new(784, 0, 0), new(4704, 0, 1), new(1176, 1, 2), new(1600, 2, 3)]);
        Assert.Equal(4704 + 1176, bytes);
        Assert.Equal(4, offsets.Length);
    }

    [Fact]
    public void What_lives_at_the_same_time_does_not_overlap_and_the_end_is_exact()
    {
        var random = new SplitMix64(3, 0);
        for (int trial = 0; trial < 500; trial++)
        {
            List<Lifetime> items = [];
            for (int i = 1 + random.Below(20); i > 0; i--)
            {
                int first = random.Below(12);
                items.Add(new Lifetime(random.Below(4) == 0 ? 0 : 1 + random.Below(999), first, first + random.Below(5)));
            }
            (int[] offsets, int bytes) = MemoryPlan.Make(items);

            for (int a = 0; a < items.Count; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    bool apart = offsets[a] + items[a].Bytes <= offsets[b] || offsets[b] + items[b].Bytes <= offsets[a];
                    Assert.True(apart || !items[a].Meets(items[b]) || items[a].Bytes * items[b].Bytes == 0);
                }
            }
            Assert.Equal(bytes, items.Select((item, i) => item.Bytes == 0 ? 0 : offsets[i] + item.Bytes).Max());
            Assert.All(offsets, offset => Assert.Equal(0, offset % 4));
        }
    }
}
