using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Learning;

/// <summary>In which order samples are learned: all of them, drawn anew for every pass; the same for the same seed.</summary>
public static class SampleOrder
{
    /// <summary>Numbers of the samples, without end.</summary>
    /// <param name="count">Samples there are.</param>
    /// <param name="seed">What the order is drawn from.</param>
    public static IEnumerable<int> Of(int count, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        var random = new SplitMix64(seed, 0);
        while (true)
        {
            for (int i = order.Length - 1; i > 0; i--)
            {
                int other = random.Below(i + 1);
                (order[i], order[other]) = (order[other], order[i]);
            }
            foreach (int sample in order) yield return sample;
        }
    }
}
