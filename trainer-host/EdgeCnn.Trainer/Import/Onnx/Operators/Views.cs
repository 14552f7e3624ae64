using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Transpose: costs nothing by itself, as the axes are only renamed.</summary>
[Imports("Transpose")]
internal sealed class Transpose : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => true;

    public override int[][] Shapes(OnnxCall call) => [[.. Order(call).Select(axis => call.Shape()[axis])]];

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs) =>
        [inputs[0].Take(Shapes(call)[0], StridedView.Of(call.Shape()).Transpose(Order(call)))];

    public override void Translate(OnnxTranslation t)
    {
        int[] order = t.Order(), moves = Order(t);
        int tensor = t.Tensor(0, order);
        t.Store(tensor, [.. order.Select(axis => Array.IndexOf(moves, axis))]);
    }

    private static int[] Order(OnnxCall call)
    {
        int rank = call.Rank();
        int[] order = call.Integers("perm", [.. Enumerable.Range(0, rank).Reverse()]);
        return order.Order().SequenceEqual(Enumerable.Range(0, rank))
            ? order
            : throw call.Refuse($"[{string.Join(", ", order)}] is not an order of {rank} axes");
    }
}

/// <summary>Slice: starts, ends, axes and steps, as attributes before version 10.</summary>
[Imports("Slice")]
internal sealed class Slice : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => true;

    public override int[][] Shapes(OnnxCall call) => [[.. Parts(call).Select(part => part.Count)]];

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs) =>
        [inputs[0].Take(Shapes(call)[0], View(Parts(call), call.Shape(), OnnxTranslation.InOrder(call.Rank())))];

    public override void Translate(OnnxTranslation t) => Copy(t, Parts(t), 0);

    /// <summary>Adds the copy of a part, in the order in which the input is stored.</summary>
    public static void Copy(OnnxTranslation t, (int Start, int Count, int Step)[] parts, int output)
    {
        int[] order = t.Order(), shape = [.. order.Select(axis => t.OutputShape(output)[axis])];
        int tensor = t.Activations.Moved(t.Tensor(0, order), shape, View(parts, t.Shape(), order));
        t.Store(t.Requantized(tensor, t.Result(output)), order, output);
    }

    public static StridedView View((int Start, int Count, int Step)[] parts, int[] shape, int[] order)
    {
        StridedView view = StridedView.Of([.. order.Select(axis => shape[axis])]);
        for (int place = 0; place < order.Length; place++)
        {
            (int start, int count, int step) = parts[order[place]];
            view = view.Slice(place, start, count, step);
        }
        return view;
    }

    private static (int Start, int Count, int Step)[] Parts(OnnxCall call)
    {
        int[] shape = call.Shape();
        int[] starts = call.Integers("starts", 1) ?? [], ends = call.Integers("ends", 2) ?? [];
        int[] axes = call.Integers("axes", 3) ?? OnnxTranslation.InOrder(starts.Length);
        int[] steps = call.Has(4) ? call.Integers(4) : [.. Enumerable.Repeat(1, starts.Length)];
        if (starts.Length != ends.Length || starts.Length != axes.Length || starts.Length != steps.Length)
            throw call.Refuse("starts, ends, axes and steps must be of the same length");
        (int Start, int Count, int Step)[] parts = [.. shape.Select(size => (0, size, 1))];
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = call.Axis(axes[i], shape.Length), size = shape[axis], step = steps[i];
            if (step is 0 or int.MinValue) throw call.Refuse("a step of 0 is impossible");
            long start = starts[i] < 0 ? starts[i] + (long)size : starts[i], end = ends[i] < 0 ? ends[i] + (long)size : ends[i];
            (long low, long high) = step > 0 ? (0L, size) : (-1L, size - 1L);
            (start, end) = (Math.Clamp(start, step > 0 ? 0 : 0, high), Math.Clamp(end, low, high));
            long count = (end - start + step - Math.Sign(step)) / step;
            if (count < 1) throw call.Refuse($"nothing is left of dimension {axis}");
            parts[axis] = ((int)start, (int)count, step);
        }
        return parts;
    }
}

/// <summary>Split: sizes as attribute or second input, or equal parts.</summary>
[Imports("Split")]
internal sealed class Split : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => true;

    public override int[][] Shapes(OnnxCall call)
    {
        (int axis, int[] sizes) = Parts(call);
        return [.. sizes.Select(size => call.Shape().Select((all, at) => at == axis ? size : all).ToArray())];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        int[][] shapes = Shapes(call);
        return [.. shapes.Select((shape, i) =>
            inputs[0].Take(shape, Slice.View(Part(call, i), call.Shape(), OnnxTranslation.InOrder(call.Rank()))))];
    }

    public override void Translate(OnnxTranslation t)
    {
        for (int i = 0; i < t.OutputCount; i++) Slice.Copy(t, Part(t, i), i);
    }

    private static (int Start, int Count, int Step)[] Part(OnnxCall call, int output)
    {
        (int axis, int[] sizes) = Parts(call);
        return [.. call.Shape().Select((size, at) => at == axis ? (sizes.Take(output).Sum(), sizes[output], 1) : (0, size, 1))];
    }

    private static (int Axis, int[] Sizes) Parts(OnnxCall call)
    {
        int axis = call.Axis(call.Integer("axis", 0), call.Rank()), size = call.Shape()[axis], count = call.OutputCount;
        int each = (size + count - 1) / count;
        int[] sizes = call.Integers("split", 1) ?? [.. Enumerable.Range(0, count).Select(i => Math.Min(each, size - i * each))];
        if (sizes.Length != count || sizes.Any(part => part < 1) || sizes.Sum(part => (long)part) != size)
            throw call.Refuse($"parts of [{string.Join(", ", sizes)}] for {count} outputs do not make up dimension {axis}");
        return (axis, sizes);
    }
}

/// <summary>Gather of one place or of places that follow each other evenly; elsewhere the table must be a constant too.</summary>
[Imports("Gather")]
internal sealed class Gather : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => true;

    public override int[][] Shapes(OnnxCall call)
    {
        (int axis, _) = Places(call);
        return [[.. call.Shape()[..axis], .. call.Shape(1), .. call.Shape()[(axis + 1)..]]];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        (int axis, int[] places) = Places(call);
        int inner = FloatTensor.Count(call.Shape()[(axis + 1)..]), size = call.Shape()[axis];
        int[] shape = Shapes(call)[0];
        return [new FloatTensor(shape, [.. Enumerable.Range(0, FloatTensor.Count(shape)).Select(at =>
            inputs[0].Values[(at / inner / places.Length * size + places[at / inner % places.Length]) * inner + at % inner])])];
    }

    public override void Translate(OnnxTranslation t)
    {
        (int axis, int[] places) = Places(t);
        int rank = t.Rank();
        if (t.Rank(1) > 1) throw t.Refuse("places of more than one dimension are not supported");
        int[] inOrder = OnnxTranslation.InOrder(rank), shape = [.. t.Shape()];
        shape[axis] = places.Length;
        if (places.Any(place => place > ushort.MaxValue)) throw t.Refuse($"places beyond {ushort.MaxValue} are not supported");
        int tensor = t.AddTemporary(
            AxisGather.Code, [t.Tensor(0, inOrder)], shape, t.Quantization(), OwnFields.Of(0, 1 << axis, 0),
            op => op with { Params = SectionBuilder.UInt16s(places) });
        int[] result = t.OutputShape();
        t.Store(t.Requantized(t.Reshaped(tensor, result.Length == 0 ? [1] : result), t.Result()), OnnxTranslation.InOrder(result.Length));
    }

    private static (int Axis, int[] Places) Places(OnnxCall call)
    {
        int axis = call.Axis(call.Integer("axis", 0), call.Rank()), size = call.Shape()[axis];
        return (axis, [.. call.Integers(1).Select(place => call.Axis(place, size))]);
    }
}
