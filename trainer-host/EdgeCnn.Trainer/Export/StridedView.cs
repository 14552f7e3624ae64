using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Export;

/// <summary>
/// Which elements of a tensor, in which order: element (i₀, i₁, …), counted row-major, is element <paramref name="First"/> + Σ iₐ ·
/// strideₐ.
/// </summary>
/// <param name="First">The first element.</param>
/// <param name="Axes">Count and stride of each axis, outermost first; counts are 1 or more.</param>
internal sealed record StridedView(int First, IReadOnlyList<(int Count, int Stride)> Axes)
{
    /// <summary>All elements of a tensor in their order, an axis for each of its dimensions.</summary>
    public static StridedView Of(IReadOnlyList<int> shape)
    {
        var axes = new (int Count, int Stride)[shape.Count];
        int stride = 1;
        for (int axis = shape.Count - 1; axis >= 0; stride = checked(stride * shape[axis]), axis--) axes[axis] = (shape[axis], stride);
        return new StridedView(0, axes);
    }

    /// <summary>Number of elements.</summary>
    public int Elements => Axes.Aggregate(1, (product, axis) => checked(product * axis.Count));

    /// <summary>Whether it is a run of neighbors, which a whole tensor in its own order is too.</summary>
    public bool IsContiguous => Merged().Axes is [] or [(_, 1)];

    /// <summary>Takes <paramref name="count"/> places along an axis, from <paramref name="start"/> on, <paramref name="step"/>
    /// apart.</summary>
    public StridedView Slice(int axis, int start, int count, int step = 1)
    {
        (int Count, int Stride)[] axes = [.. Axes];
        axes[axis] = (count, axes[axis].Stride * step);
        return new StridedView(First + start * Axes[axis].Stride, axes);
    }

    /// <summary>Splits an axis into an outer one and an inner one of <paramref name="inner"/> places.</summary>
    public StridedView Split(int axis, int inner)
    {
        (int count, int stride) = Axes[axis];
        return this with { Axes = [.. Axes.Take(axis), (count / inner, stride * inner), (inner, stride), .. Axes.Skip(axis + 1)] };
    }

    /// <summary>The axes in another order: the new axis i is the old axis <paramref name="order"/>[i].</summary>
    public StridedView Transpose(params int[] order) => this with { Axes = [.. order.Select(axis => Axes[axis])] };

    /// <summary>The elements, of those in <paramref name="data"/>.</summary>
    public byte[] Copy(ReadOnlySpan<byte> data, int elementBytes)
    {
        byte[] copy = new byte[checked(Elements * elementBytes)];
        for (int i = 0; i < Elements; i++)
        {
            int from = First, rest = i;
            for (int axis = Axes.Count - 1; axis >= 0; rest /= Axes[axis].Count, axis--) from += rest % Axes[axis].Count * Axes[axis].Stride;
            data.Slice(from * elementBytes, elementBytes).CopyTo(copy.AsSpan(i * elementBytes));
        }
        return copy;
    }

    /// <summary>The same elements in the same order with as few axes as serve: those of one place dropped, those that follow on
    /// joined.</summary>
    public StridedView Merged()
    {
        var merged = new List<(int Count, int Stride)>();
        foreach ((int count, int stride) in Axes.Where(axis => axis.Count > 1))
        {
            if (merged.Count > 0 && merged[^1].Stride == count * stride) merged[^1] = (merged[^1].Count * count, stride);
            else merged.Add((count, stride));
        }
        return this with { Axes = merged };
    }

    /// <summary>The params block of <see cref="StridedCopy"/>.</summary>
    /// <exception cref="ExportException">The view has more axes than the block has room for.</exception>
    public byte[] ToParams()
    {
        (int Count, int Stride)[] axes = [.. Merged().Axes];
        if (axes.Length > StridedCopy.Axes)
            throw new ExportException(
                $"elements in an order of {axes.Length} axes can't be copied at once; at most {StridedCopy.Axes} axes");
        IEnumerable<(int Count, int Stride)> five = Enumerable.Repeat((1, 0), StridedCopy.Axes - axes.Length).Concat(axes);
        var block = new SectionBuilder();
        block.Int32(First);
        foreach ((int count, _) in five) block.Int32(count);
        foreach ((_, int stride) in five) block.Int32(stride);
        return block.ToArray();
    }
}
