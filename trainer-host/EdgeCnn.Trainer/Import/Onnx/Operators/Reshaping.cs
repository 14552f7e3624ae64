using System;
using System.Linq;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Operators that leave the elements and their order as they are and change the shape.</summary>
[Imports("Reshape", "Flatten", "Squeeze", "Unsqueeze")]
internal sealed class Reshaping : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => true;

    public override int[][] Shapes(OnnxCall call)
    {
        int[] shape = call.Kind switch
        {
            "Reshape" => Reshape(call),
            "Flatten" => Flatten(call),
            "Squeeze" => Squeeze(call),
            _ => Unsqueeze(call),
        };
        if (shape.Any(size => size < 1)
            || shape.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue)) != FloatTensor.Count(call.Shape()))
            throw call.Refuse($"[{string.Join(", ", shape)}] has another number of elements");
        return [shape];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs) => [inputs[0] with { Shape = Shapes(call)[0] }];

    public override void Translate(OnnxTranslation t)
    {
        int[] from = t.Shape(), to = t.OutputShape(), order = t.Order();
        int[] inOrder = OnnxTranslation.InOrder(from.Length), result = OnnxTranslation.InOrder(to.Length);
        t.Result();
        // Only axes of one place come and go: the others stay where they are.
        if (Renamed(from, to, order) is { } renamed)
            t.Store(t.Reshaped(t.Tensor(0, order), [.. renamed.Select(axis => to[axis])]), renamed);
        else if (!order.SequenceEqual(inOrder) && order.Length > 1 && to.Length == 2 && to[0] == from[0])
            t.Activations.StoreFlattened(t.Name(0), t.Node.Outputs[0]);
        else t.Store(t.Reshaped(t.Tensor(0, inOrder), to.Length == 0 ? [1] : to), result);
    }

    /// <summary>The order of the new axes that leaves every element where it is, when nothing but axes of one place changes.</summary>
    private static int[]? Renamed(int[] from, int[] to, int[] order)
    {
        int[] wideFrom = [.. Enumerable.Range(0, from.Length).Where(axis => from[axis] > 1)];
        int[] wideTo = [.. Enumerable.Range(0, to.Length).Where(axis => to[axis] > 1)];
        if (to.Length is 0 or > TensorRecord.MaxRank || !wideFrom.Select(axis => from[axis]).SequenceEqual(wideTo.Select(axis => to[axis])))
            return null;
        int[] wide = [.. order.Where(axis => from[axis] > 1).Select(axis => wideTo[Array.IndexOf(wideFrom, axis)])];
        // Axes of one place go where ONNX has them, before the next wide one.
        return wide.SequenceEqual(wideTo)
            ? OnnxTranslation.InOrder(to.Length)
            : [.. Enumerable.Range(0, to.Length).Where(axis => to[axis] == 1), .. wide];
    }

    private static int[] Reshape(OnnxCall call)
    {
        int[] from = call.Shape(), to = [.. call.Integers("shape", 1) ?? throw call.Refuse("the shape is missing")];
        bool copiesZeros = call.Integer("allowzero", 0) == 0;
        for (int i = 0; i < to.Length; i++)
            if (to[i] == 0 && copiesZeros)
                to[i] = i < from.Length ? from[i] : throw call.Refuse("a 0 in the shape copies a dimension that is not there");
        int open = Array.IndexOf(to, -1);
        if (open < 0) return to;
        long others = to.Where((_, i) => i != open).Aggregate(1L, (product, size) => Math.Clamp(product * size, -1, int.MaxValue));
        if (others < 1 || FloatTensor.Count(from) % others != 0)
            throw call.Refuse($"the shape [{string.Join(", ", to)}] does not fit the elements");
        to[open] = (int)(FloatTensor.Count(from) / others);
        return to;
    }

    private static int[] Flatten(OnnxCall call)
    {
        int rank = call.Rank(), axis = call.Integer("axis", 1);
        axis = axis == rank ? rank : call.Axis(axis, rank);
        return [FloatTensor.Count(call.Shape()[..axis]), FloatTensor.Count(call.Shape()[axis..])];
    }

    private static int[] Squeeze(OnnxCall call)
    {
        int[] shape = call.Shape(), axes = call.Integers("axes", 1) is { } given
            ? [.. given.Select(axis => call.Axis(axis, shape.Length))]
            : [.. Enumerable.Range(0, shape.Length).Where(axis => shape[axis] == 1)];
        return [.. shape.Where((_, axis) => !axes.Contains(axis))];
    }

    private static int[] Unsqueeze(OnnxCall call)
    {
        int[] given = call.Integers("axes", 1) ?? throw call.Refuse("axes are missing");
        int rank = call.Rank() + given.Length, next = 0;
        int[] axes = [.. given.Select(axis => call.Axis(axis, rank)).Distinct()];
        if (axes.Length != given.Length) throw call.Refuse("an axis is there twice");
        return [.. Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? 1 : call.Shape()[next++])];
    }
}
