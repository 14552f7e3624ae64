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
    /// <param name="items">What needs a place.</param>
    /// <param name="taken">What has one already, and where.</param>
    public static (int[] Offsets, int Bytes) Make(IReadOnlyList<Lifetime> items, IReadOnlyList<(Lifetime Life, int Offset)>? taken = null)
    {
        taken ??= [];
        int[] all = [.. Enumerable.Range(0, items.Count)];
        int[][] orders =
        [
            [.. all.OrderByDescending(i => items[i].Bytes)],
            [.. all.OrderBy(i => items[i].First).ThenByDescending(i => items[i].Bytes)],
            [.. all.OrderByDescending(i => items[i].Last - items[i].First).ThenByDescending(i => items[i].Bytes)],
            [.. all.OrderByDescending(i => (long)items[i].Bytes * (1 + items[i].Last - items[i].First))],
        ];
        return orders.Select(order => Place(items, taken, order)).MinBy(plan => plan.Bytes);
    }

    private static (int[] Offsets, int Bytes) Place(
        IReadOnlyList<Lifetime> items, IReadOnlyList<(Lifetime Life, int Offset)> taken, int[] order)
    {
        int[] offsets = new int[items.Count];
        List<(Lifetime Life, int Offset)> placed = [.. taken.Where(place => place.Life.Bytes > 0)];
        int end = 0;
        foreach (int index in order)
        {
            Lifetime item = items[index];
            if (item.Bytes == 0) continue;
            int offset = 0;
            foreach ((Lifetime other, int at) in placed.Where(place => place.Life.Meets(item)).OrderBy(place => place.Offset))
            {
                if (offset + item.Bytes <= at) break;
                offset = Math.Max(offset, checked(at + other.Bytes + Alignment - 1) / Alignment * Alignment);
            }
            offsets[index] = offset;
            placed.Add((item, offset));
            end = Math.Max(end, checked(offset + item.Bytes));
        }
        return (offsets, end);
    }
}
