using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Managed;

/// <summary>Something that needs a place in the arena for a while.</summary>
/// <param name="Bytes">Its size; 0 needs no place.</param>
/// <param name="First">The first operator during which it must keep its bytes.</param>
/// <param name="Last">The last such operator.</param>
public readonly record struct Lifetime(int Bytes, int First, int Last)
{
    /// <summary>Whether both need their bytes during the same operator.</summary>
    public bool Meets(Lifetime other) => First <= other.Last && other.First <= Last;
}

/// <summary>
/// Places lifetimes in the arena so that what lives at the same time does not overlap. Each goes to the lowest free place, in several
/// orders; the smallest arena wins.
/// </summary>
public static class MemoryPlan
{
    private const int Alignment = 4;

    /// <summary>The offsets, in the order of <paramref name="items"/>, and the bytes up to the end of the last.</summary>
    public static (int[] Offsets, int Bytes) Make(IReadOnlyList<Lifetime> items)
    {
        int[] all = [.. Enumerable.Range(0, items.Count)];
        int[][] orders =
        [
            [.. all.OrderByDescending(i => items[i].Bytes)],
            [.. all.OrderBy(i => items[i].First).ThenByDescending(i => items[i].Bytes)],
            [.. all.OrderByDescending(i => items[i].Last - items[i].First).ThenByDescending(i => items[i].Bytes)],
            [.. all.OrderByDescending(i => (long)items[i].Bytes * (1 + items[i].Last - items[i].First))],
        ];
        return orders.Select(order => Place(items, order)).MinBy(plan => plan.Bytes);
    }

    private static (int[] Offsets, int Bytes) Place(IReadOnlyList<Lifetime> items, int[] order)
    {
        int[] offsets = new int[items.Count];
        int end = 0;
        for (int n = 0; n < order.Length; n++)
        {
            Lifetime item = items[order[n]];
            if (item.Bytes == 0) continue;
            int offset = 0;
            foreach (int other in order.Take(n).Where(i => items[i].Bytes > 0 && items[i].Meets(item)).OrderBy(i => offsets[i]))
            {
                if (offset + item.Bytes <= offsets[other]) break;
                offset = Math.Max(offset, checked(offsets[other] + items[other].Bytes + Alignment - 1) / Alignment * Alignment);
            }
            offsets[order[n]] = offset;
            end = Math.Max(end, checked(offset + item.Bytes));
        }
        return (offsets, end);
    }
}
