using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Data;

/// <summary>
/// Divides samples in two by a seed, class by class, so that both parts have the classes in the same proportions. Depends on the order of
/// the samples and the seed only; both parts come out in random order, so that any beginning of them holds all classes.
/// </summary>
internal static class Split
{
    /// <summary>Draws a part from every class.</summary>
    /// <param name="labels">The class of every sample.</param>
    /// <param name="share">The part's share of every class, rounded, but never all or nothing of a class of two samples or more; a
    /// single sample stays with the rest.</param>
    /// <param name="seed">What the parts are drawn from.</param>
    /// <returns>Indexes of the samples.</returns>
    public static (int[] Remainder, int[] Part) ByClass(ReadOnlySpan<byte> labels, double share, ulong seed)
    {
        var members = new SortedDictionary<byte, List<int>>();
        for (var i = 0; i < labels.Length; i++)
        {
            if (!members.TryGetValue(labels[i], out var list))
                members.Add(labels[i], list = []);
            list.Add(i);
        }

        List<int> remainder = [], part = [];
        foreach (var (label, list) in members)
        {
            var order = list.ToArray();
            new SplitMix64(seed, label).Shuffle<int>(order);
            var count = order.Length < 2 ? 0 : Math.Clamp((int)Math.Round(order.Length * share), 1, order.Length - 1);
            part.AddRange(order.Take(count));
            remainder.AddRange(order.Skip(count));
        }

        return (Shuffled(remainder, seed), Shuffled(part, seed));
    }

    /// <summary>The same samples in an order that the seed decides.</summary>
    public static int[] Shuffled(IEnumerable<int> samples, ulong seed)
    {
        // Labels are bytes: stream 256 is none of a class.
        int[] order = [.. samples];
        new SplitMix64(seed, 256).Shuffle<int>(order);
        return order;
    }

    /// <summary>A share that leaves something on both sides.</summary>
    public static double Share(double value, string name) => Require.Within(value, 0.01, 0.99, name);
}
