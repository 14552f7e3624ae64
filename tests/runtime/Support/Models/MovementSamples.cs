using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Tests.Models;

/// <summary>Operators that move elements without computing.</summary>
internal static class MovementSamples
{
    private const double Exact = 1e-6;

    [Sample]
    internal static OperatorSample Reshape(SampleRandom random)
    {
        IntegerTensor x = random.Tensor(random.Shape(), random.IntegerType(), 0.01f);
        IntegerModel model = OperatorSample.Of(EdgeCnn.Reshape.Code, [x], x with { Shape = [x.Elements] }, OwnFields.None());
        return new OperatorSample(model, inputs => inputs[0], Exact);
    }

    /// <summary>A slice, forwards or backwards, with its axes in another order.</summary>
    [Sample]
    internal static OperatorSample StridedCopy(SampleRandom random)
    {
        IntegerTensor x = random.Tensor(random.Shape(), random.IntegerType(), 0.01f);
        StridedView view = StridedView.Of(x.Shape);
        for (int axis = 0; axis < x.Shape.Count; axis++)
        {
            int size = x.Shape[axis], step = 1 + random.Below(2), count = 1 + random.Below((size + step - 1) / step);
            int start = random.Below(size - (count - 1) * step);
            view = random.Coin() ? view.Slice(axis, start, count, step) : view.Slice(axis, start + (count - 1) * step, count, -step);
        }
        int[] order = [.. Enumerable.Range(0, x.Shape.Count).OrderBy(_ => random.Below(1000))];
        view = view.Transpose(order);
        int[] places = Places(view);
        IntegerModel model = OperatorSample.Of(
            EdgeCnn.StridedCopy.Code, [x], x with { Shape = [.. view.Axes.Select(axis => axis.Count)] }, OwnFields.None(),
            op => op with { Params = view.ToParams() });
        return new OperatorSample(model, inputs => [.. places.Select(place => inputs[0][place])], Exact);
    }

    [Sample]
    internal static OperatorSample Concat(SampleRandom random)
    {
        int[] shape = random.Shape();
        int axis = random.Below(shape.Length), outer = shape.Take(axis).Aggregate(1, (product, size) => product * size);
        IntegerTensor first = random.Tensor(shape, random.IntegerType(), 0.01f);
        IntegerTensor[] inputs = [.. Enumerable.Range(0, 1 + random.Below(4)).Select(
            _ => first with { Shape = With(shape, axis, 1 + random.Below(4)) })];
        IntegerTensor y = first with { Shape = With(shape, axis, inputs.Sum(input => input.Shape[axis])) };
        IntegerModel model = OperatorSample.Of(
            EdgeCnn.Concat.Code, inputs, y, OwnFields.Concat(inputs.Length, outer),
            op => op with { Params = SectionBuilder.UInt16s(op.Inputs), HasInputList = true });
        return new OperatorSample(
            model, values => [.. Enumerable.Range(0, outer).SelectMany(
                o => values.SelectMany(value => value.Chunk(value.Length / outer).ElementAt(o)))],
            Exact);
    }

    [Sample]
    internal static OperatorSample Pad(SampleRandom random)
    {
        IntegerTensor x = random.Tensor(random.Shape(), random.IntegerType(), 0.01f);
        int rank = x.Shape.Count, value = random.Below(256) - 128;
        int[] before = [.. x.Shape.Select(_ => random.Below(3))];
        IntegerTensor y = x with { Shape = [.. x.Shape.Select((size, axis) => size + before[axis] + random.Below(3))] };
        var block = new SectionBuilder();
        for (int axis = 0; axis < TensorRecord.MaxRank; axis++) block.Int32(axis < rank ? before[axis] : 0);
        IntegerModel model = OperatorSample.Of(
            EdgeCnn.Pad.Code, [x], y, OwnFields.Of(0, value, 0), op => op with { Params = block.ToArray() });
        double border = x.Quantization.Dequantize(value);
        return new OperatorSample(
            model, inputs => [.. Indices(y).Select(at => Inside(at, before, x) is { } i ? inputs[0][i] : border)], Exact);
    }

    [Sample]
    internal static OperatorSample AxisGather(SampleRandom random)
    {
        IntegerTensor x = random.Tensor(random.Shape(), random.IntegerType(), 0.01f);
        int rank = x.Shape.Count, axes = 1 + random.Below((1 << rank) - 1);
        int[][] tables = [.. x.Shape.Select((size, axis) => (axes >> axis & 1) == 0
            ? Enumerable.Range(0, size).ToArray()
            : [.. Enumerable.Range(0, 1 + random.Below(6)).Select(_ => random.Below(size))])];
        IntegerTensor y = x with { Shape = [.. tables.Select(table => table.Length)] };
        byte[] block = SectionBuilder.UInt16s(tables.Where((_, axis) => (axes >> axis & 1) == 1).SelectMany(table => table));
        IntegerModel model = OperatorSample.Of(EdgeCnn.AxisGather.Code, [x], y, OwnFields.Of(0, axes, 0), op => op with { Params = block });
        return new OperatorSample(
            model, inputs => [.. Indices(y).Select(
                at => inputs[0][Inside([.. at.Select((i, axis) => tables[axis][i])], new int[rank], x)!.Value])],
            Exact);
    }

    private static int[] With(int[] shape, int axis, int size)
    {
        int[] changed = [.. shape];
        changed[axis] = size;
        return changed;
    }

    /// <summary>The elements that a view names, in its order.</summary>
    private static int[] Places(StridedView view)
    {
        int[] places = [view.First];
        foreach ((int count, int stride) in view.Axes)
            places = [.. places.SelectMany(place => Enumerable.Range(0, count).Select(i => place + i * stride))];
        return places;
    }

    /// <summary>The indices of all elements of a tensor, row-major.</summary>
    private static int[][] Indices(IntegerTensor tensor)
    {
        int[][] indices = [[]];
        foreach (int size in tensor.Shape)
            indices = [.. indices.SelectMany(index => Enumerable.Range(0, size).Select(i => (int[])[.. index, i]))];
        return indices;
    }

    /// <summary>The element of a tensor at an index that counts from <paramref name="origin"/>; null outside.</summary>
    private static int? Inside(int[] index, int[] origin, IntegerTensor tensor)
    {
        int place = 0;
        for (int axis = 0; axis < index.Length; axis++)
        {
            int i = index[axis] - origin[axis], size = tensor.Shape[axis];
            if (i < 0 || i >= size) return null;
            place = place * size + i;
        }
        return place;
    }
}
