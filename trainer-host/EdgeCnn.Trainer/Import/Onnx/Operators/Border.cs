using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Pad: a border of a constant, of the edge repeated, or mirrored; pads are all befores, then all afters.</summary>
[Imports("Pad")]
internal sealed class Border : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => true;

    public override int[][] Shapes(OnnxCall call)
    {
        (int[] before, int[] after) = Pads(call);
        return [[.. call.Shape().Select((size, axis) => size + before[axis] + after[axis])]];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        int[] shape = Shapes(call)[0], input = call.Shape();
        int[][] places = Places(call);
        float value = Value(call);
        var y = new float[FloatTensor.Count(shape)];
        for (int at = 0; at < y.Length; at++)
        {
            int rest = at, from = 0, stride = 1;
            for (int axis = shape.Length - 1; axis >= 0 && from >= 0; axis--)
            {
                int place = places[axis][rest % shape[axis]];
                from = place < 0 ? -1 : from + place * stride;
                (rest, stride) = (rest / shape[axis], stride * input[axis]);
            }
            y[at] = from < 0 ? value : inputs[0].Values[from];
        }
        return [new FloatTensor(shape, y)];
    }

    public override void Translate(OnnxTranslation t)
    {
        t.RequireRank(0, 1, TensorRecord.MaxRank);
        int[] order = t.Order(), shape = [.. order.Select(axis => t.OutputShape()[axis])];
        if (t.Text("mode", "constant") == "constant")
        {
            int[] before = Pads(t).Before;
            int padded = Add(t, t.Tensor(0, order), shape, [.. order.Select(axis => before[axis])], t.Quantization().Quantize(Value(t)));
            t.Store(t.Requantized(padded, t.Result()), order);
            return;
        }
        int[][] places = Places(t);
        Resize.AddGather(t, order, [.. order.Select(axis => places[axis].Length == t.Shape()[axis] ? null : places[axis])]);
    }

    /// <summary>Adds a border of one integer; the number of the padded tensor.</summary>
    public static int Add(OnnxTranslation t, int tensor, int[] shape, int[] before, int value)
    {
        var block = new SectionBuilder();
        for (int axis = 0; axis < TensorRecord.MaxRank; axis++) block.Int32(axis < before.Length ? before[axis] : 0);
        return t.AddTemporary(
            Pad.Code, [tensor], shape, t.Activations.Model.Tensors[tensor].Quantization, OwnFields.Of(0, value, 0),
            op => op with { Params = block.ToArray() });
    }

    private static (int[] Before, int[] After) Pads(OnnxCall call)
    {
        int rank = call.Rank();
        int[] pads = call.Integers("pads", 1) ?? throw call.Refuse("pads are missing");
        int[] axes = call.Has(3) ? [.. call.Integers(3).Select(axis => call.Axis(axis, rank))] : OnnxTranslation.InOrder(rank);
        if (pads.Length != 2 * axes.Length) throw call.Refuse("pads do not fit the input's dimensions");
        if (pads.Any(places => places is < 0 or > ImportLimits.TensorElements)) throw call.Refuse("negative pads are not supported");
        int[] before = new int[rank], after = new int[rank];
        for (int i = 0; i < axes.Length; i++) (before[axes[i]], after[axes[i]]) = (pads[i], pads[axes.Length + i]);
        return (before, after);
    }

    private static float Value(OnnxCall call) => call.Has(2)
        ? call.Real(2).Values is [var value] ? value : throw call.Refuse("the border's value must be one number")
        : call.Single("value", 0);

    /// <summary>For every place along each axis the input's place that is there, or −1.</summary>
    private static int[][] Places(OnnxCall call)
    {
        (int[] before, int[] after) = Pads(call);
        string mode = call.Text("mode", "constant");
        return [.. call.Shape().Select((size, axis) =>
        {
            if (mode == "reflect" && Math.Max(before[axis], after[axis]) >= size)
                throw call.Refuse("a mirrored border must be narrower than the input");
            return Enumerable.Range(-before[axis], before[axis] + size + after[axis]).Select(i => (mode, i < 0, i >= size) switch
            {
                (_, false, false) => i,
                ("constant", _, _) => -1,
                ("edge", _, _) => Math.Clamp(i, 0, size - 1),
                ("reflect", _, _) => i < 0 ? -i : 2 * size - 2 - i,
                ("wrap", _, _) => ((i % size) + size) % size,
                _ => throw call.Refuse($"mode '{mode}' is not supported"),
            }).ToArray();
        })];
    }
}
