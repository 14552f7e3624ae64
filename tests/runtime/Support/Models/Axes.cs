using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Tests.Models;

/// <summary>Shapes without some of their axes, given as bits: bit k stands for axis k.</summary>
internal static class Axes
{
    /// <summary>The shape with ones in place of <paramref name="axes"/>.</summary>
    internal static int[] Without(IReadOnlyList<int> shape, int axes) =>
        [.. shape.Select((size, axis) => (axes >> axis & 1) == 1 ? 1 : size)];

    /// <summary>Where element <paramref name="index"/> of a tensor of a shape is in one that lacks <paramref name="axes"/>.</summary>
    internal static int Place(int index, IReadOnlyList<int> shape, int axes)
    {
        int place = 0, stride = 1;
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            int at = index % shape[axis];
            index /= shape[axis];
            if ((axes >> axis & 1) == 1) continue;
            place += at * stride;
            stride *= shape[axis];
        }
        return place;
    }
}
