using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Softmax and LogSoftmax along one axis; before version 13 over all axes from there on.</summary>
[Imports("Softmax", "LogSoftmax")]
internal sealed class Scores : OnnxOperator
{
    private const int AxisSince = 13;

    private static readonly QuantizationParameters Logarithm = new(16f / 256, 127);

    /// <summary>The steps of probabilities in 16 bits.</summary>
    private static readonly QuantizationParameters Fine = new(1f / 65536, short.MinValue);

    public override QuantizationParameters? Natural(OnnxCall call) =>
        call.Kind == "Softmax" ? QuantizationParameters.Probability : Logarithm;

    public override int[][] Shapes(OnnxCall call)
    {
        Axis(call);
        return [call.Shape()];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        int[] shape = call.Shape(), order = Order(call),
            back = [.. Enumerable.Range(0, order.Length).Select(axis => Array.IndexOf(order, axis))];
        int[] moved = [.. order.Select(axis => shape[axis])];
        float[] rows = inputs[0].Take(moved, StridedView.Of(shape).Transpose(order)).Values;
        var results = new FloatTensor(moved, [.. rows.Chunk(shape[Axis(call)]).SelectMany(row =>
        {
            float max = row.Max(), sum = row.Sum(x => MathF.Exp(x - max));
            return row.Select(x => call.Kind == "Softmax" ? MathF.Exp(x - max) / sum : x - max - MathF.Log(sum));
        })]);
        return [results.Take(shape, StridedView.Of(moved).Transpose(back))];
    }

    public override void Translate(OnnxTranslation t)
    {
        int[] order = Order(t);
        byte[] own = OwnFields.Softmax(t.Quantization().Scale);
        if (t.Kind == "Softmax")
        {
            AddSoftmax(t, order, own);
            return;
        }
        FixedMultiplier back = OwnFields.InverseOfSoftmaxScale(own);
        t.Add(LogSoftmax.Code, [t.Tensor(0, order)], order, own, op => op with { Scales = [back] }, natural: Natural(t));
    }

    /// <summary>Probabilities in steps of 1/256, or where the model has other steps, through finer ones.</summary>
    private static void AddSoftmax(OnnxTranslation t, int[] order, byte[] own)
    {
        QuantizationParameters result = t.Result();
        if (result == QuantizationParameters.Probability)
        {
            t.Add(Softmax.Code, [t.Tensor(0, order)], order, own);
            return;
        }
        int[] shape = [.. order.Select(axis => t.Shape()[axis])];
        int fine = t.AddTemporary(Softmax.Code, [t.Tensor(0, order)], shape, Fine, own, type: ElementType.Int16);
        byte[] clamp = OwnFields.None();
        t.SetClamp(clamp);
        t.Add(Rescale.Code, [fine], order, clamp, op => op with { Scales = [t.Multiplier((double)Fine.Scale / result.Scale)] });
    }

    /// <summary>The axis last, which is where the runtime's rows are.</summary>
    private static int[] Order(OnnxCall call)
    {
        int last = Axis(call);
        return [.. Enumerable.Range(0, call.Rank()).Where(axis => axis != last), last];
    }

    private static int Axis(OnnxCall call)
    {
        call.RequireRank(0, 1, TensorRecord.MaxRank);
        int rank = call.Rank(), axis = call.Axis(call.Integer("axis", call.Opset < AxisSince ? Math.Min(1, rank - 1) : -1), rank);
        if (call.Opset >= AxisSince) return axis;
        int[] wide = [.. Enumerable.Range(axis, rank - axis).Where(other => call.Shape()[other] > 1)];
        return wide.Length <= 1 ? wide.FirstOrDefault(axis) : throw call.Refuse("a softmax over several axes is not supported");
    }
}
