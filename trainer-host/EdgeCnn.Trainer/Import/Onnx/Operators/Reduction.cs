using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>ReduceMean, ReduceSum, ReduceMax, ReduceMin: axes as attribute or second input, keepdims.</summary>
[Imports("ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin")]
internal sealed class Reduction : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => call.Kind is "ReduceMax" or "ReduceMin";

    public override int[][] Shapes(OnnxCall call)
    {
        int[] axes = Axes(call);
        bool keeps = call.Integer("keepdims", 1) != 0;
        return [[.. call.Shape().Select((size, axis) => axes.Contains(axis) ? (keeps ? 1 : 0) : size).Where(size => size > 0)]];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs) =>
        [Evaluate(inputs[0], Axes(call), Shapes(call)[0], call.Kind)];

    public override void Translate(OnnxTranslation t) => Translate(t, Axes(t), t.Kind);

    /// <summary>The reduction in real numbers.</summary>
    public static FloatTensor Evaluate(FloatTensor input, int[] axes, int[] shape, string kind)
    {
        int[] order = [.. Enumerable.Range(0, input.Shape.Length).Where(axis => !axes.Contains(axis)), .. axes];
        float[] moved = input.Take(input.Shape, StridedView.Of(input.Shape).Transpose(order)).Values;
        int count = axes.Aggregate(1, (product, axis) => product * input.Shape[axis]);
        return new FloatTensor(shape, [.. moved.Chunk(count).Select(part => kind switch
        {
            "ReduceMax" => part.Max(),
            "ReduceMin" => part.Min(),
            "ReduceSum" => part.Sum(),
            _ => part.Sum() / count,
        })]);
    }

    /// <summary>Adds the operator.</summary>
    public static void Translate(OnnxTranslation t, int[] axes, string kind)
    {
        int[] order = t.Order(), shape = t.OutputShape();
        int mask = axes.Aggregate(0, (bits, axis) => bits | 1 << OnnxTranslation.Place(order, axis));
        bool isSum = kind is "ReduceSum" or "ReduceMean";
        double count = kind == "ReduceMean" ? axes.Aggregate(1.0, (product, axis) => product * t.Shape()[axis]) : 1;
        QuantizationParameters input = t.Quantization();
        FixedMultiplier[]? scales = isSum ? [t.Multiplier(input.Scale / (count * t.Result().Scale))] : null;
        byte[] own = OwnFields.None();
        own[Reduce.AxesAt - OperatorRecord.OwnAt] = (byte)mask;
        own[Reduce.FunctionAt - OperatorRecord.OwnAt] = (byte)(isSum ? Reduce.Sum : kind == "ReduceMax" ? Reduce.Max : Reduce.Min);
        // Axes that are gone leave the order of the others.
        bool keeps = shape.Length == order.Length;
        int[] left = [.. Enumerable.Range(0, order.Length).Where(axis => !axes.Contains(axis))];
        int[] resultOrder = keeps ? order : [.. order.Where(axis => !axes.Contains(axis)).Select(axis => Array.IndexOf(left, axis))];
        t.Add(Reduce.Code, [t.Tensor(0, order)], resultOrder, own, op => op with { Scales = scales }, natural: isSum ? null : input);
    }

    private static int[] Axes(OnnxCall call)
    {
        int rank = call.Rank();
        if (rank is 0 or > TensorRecord.MaxRank) throw call.Refuse($"a tensor of {rank} dimensions can't be reduced");
        int[] given = call.Integers("axes", 1) ?? [];
        if (given.Length == 0 && call.Integer("noop_with_empty_axes", 0) != 0)
            throw call.Refuse("a reduction over no axes does nothing; remove it");
        return given.Length == 0 ? [.. Enumerable.Range(0, rank)] : [.. given.Select(axis => call.Axis(axis, rank)).Distinct().Order()];
    }
}

/// <summary>ArgMax and ArgMin over one axis; indices become int32.</summary>
[Imports("ArgMax", "ArgMin")]
internal sealed class ArgExtreme : OnnxOperator
{
    public override bool Folds => false;

    public override QuantizationParameters? Natural(OnnxCall call) => new QuantizationParameters(1, 0);

    public override int[][] Shapes(OnnxCall call)
    {
        int reduced = Axis(call);
        bool keeps = call.Integer("keepdims", 1) != 0;
        if (call.Integer("select_last_index", 0) != 0) throw call.Refuse("the last of equal elements is not supported, only the first");
        return [[.. call.Shape().Select((size, axis) => axis == reduced ? (keeps ? 1 : 0) : size).Where(size => size > 0)]];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        int axis = Axis(call);
        int[] order = [.. Enumerable.Range(0, call.Rank()).Where(other => other != axis), axis];
        float[] moved = inputs[0].Take(inputs[0].Shape, StridedView.Of(inputs[0].Shape).Transpose(order)).Values;
        return [new FloatTensor(Shapes(call)[0], [.. moved.Chunk(call.Shape()[axis]).Select(part =>
            (float)Array.IndexOf(part, call.Kind == "ArgMax" ? part.Max() : part.Min()))])];
    }

    public override void Translate(OnnxTranslation t)
    {
        byte[] own = OwnFields.None();
        own[ArgMax.AxisAt - OperatorRecord.OwnAt] = (byte)Axis(t);
        own[ArgMax.SmallestAt - OperatorRecord.OwnAt] = (byte)(t.Kind == "ArgMin" ? 1 : 0);
        t.Quantization();
        if (!t.Graph.IsOutput(t.Node.Outputs[0])) throw t.Refuse("its result must be an output of the model");
        int[] shape = t.OutputShape();
        int tensor = t.AddTemporary(ArgMax.Code, [t.Tensor()], shape, new QuantizationParameters(1, 0), own, type: ElementType.Int32);
        t.Store(tensor, OnnxTranslation.InOrder(shape.Length));
    }

    private static int Axis(OnnxCall call)
    {
        call.RequireRank(0, 1, TensorRecord.MaxRank);
        return call.Axis(call.Integer("axis", 0), call.Rank());
    }
}
