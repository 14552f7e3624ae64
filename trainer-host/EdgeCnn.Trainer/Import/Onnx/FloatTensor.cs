using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>A tensor of real numbers, row-major in ONNX's order of axes (N×C×H×W for images).</summary>
internal sealed record FloatTensor(int[] Shape, float[] Values)
{
    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, size) => checked(product * size));

    public FloatTensor Map(Func<float, float> f) => new(Shape, Array.ConvertAll(Values, x => f(x)));

    /// <summary>The elements that a view takes.</summary>
    public FloatTensor Take(int[] shape, StridedView view) => new(shape, [.. Offsets(view.First, view.Axes, 0).Select(at => Values[at])]);

    /// <summary>f of two tensors, either of which may repeat along some axes; shapes are aligned at their ends.</summary>
    public static FloatTensor Zip(FloatTensor a, FloatTensor b, int[] shape, Func<float, float, float> f)
    {
        int[] first = [.. Spread(a.Shape, shape)], second = [.. Spread(b.Shape, shape)];
        var values = new float[first.Length];
        for (int i = 0; i < values.Length; i++) values[i] = f(a.Values[first[i]], b.Values[second[i]]);
        return new FloatTensor(shape, values);
    }

    /// <summary>For each element of <paramref name="to"/> the one of <paramref name="from"/> that is repeated there.</summary>
    public static IEnumerable<int> Spread(int[] from, int[] to)
    {
        var axes = new (int Count, int Stride)[to.Length];
        int stride = 1;
        for (int i = 1; i <= to.Length; i++)
        {
            int size = i <= from.Length ? from[^i] : 1;
            axes[^i] = (to[^i], size == 1 ? 0 : stride);
            stride *= size;
        }
        return Offsets(0, axes, 0);
    }

    private static IEnumerable<int> Offsets(int first, IReadOnlyList<(int Count, int Stride)> axes, int axis)
    {
        if (axis == axes.Count)
        {
            yield return first;
            yield break;
        }
        (int count, int stride) = axes[axis];
        for (int i = 0; i < count; i++)
        {
            if (axis == axes.Count - 1) yield return first + i * stride;
            else
                foreach (int at in Offsets(first + i * stride, axes, axis + 1)) yield return at;
        }
    }
}
