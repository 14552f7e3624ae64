using System;
using System.Linq;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Operators that models have to compute shapes with; all their inputs must be constants.</summary>
[Imports("Cast", "ConstantOfShape", "Expand", "Range")]
internal sealed class ShapeArithmetic : OnnxOperator
{
    public override int[][] Shapes(OnnxCall call)
    {
        if (!Enumerable.Range(0, call.InputCount).All(call.IsConstant)) throw call.Refuse("it is supported on constants only");
        return call.Kind switch
        {
            "ConstantOfShape" => [call.Integers(0)],
            "Expand" => [Spread(call.Shape(), call.Integers(1))],
            "Range" => [[RangeCount(call)]],
            _ => [call.Shape()],
        };
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        int[] shape = Shapes(call)[0];
        return [call.Kind switch
        {
            "ConstantOfShape" => new FloatTensor(shape, [.. Enumerable.Repeat(Value(call), FloatTensor.Count(shape))]),
            "Expand" => new FloatTensor(shape, [.. FloatTensor.Spread(inputs[0].Shape, shape).Select(at => inputs[0].Values[at])]),
            "Range" => new FloatTensor(shape,
                [.. Enumerable.Range(0, shape[0]).Select(i => inputs[0].Values[0] + i * inputs[2].Values[0])]),
            _ => inputs[0],
        }];
    }

    public override void Translate(OnnxTranslation t) => throw t.Refuse("it is supported on constants only");

    private static float Value(OnnxCall call) =>
        call.Node.Attributes.TryGetValue("value", out OnnxAttribute? value) && value.Tensor is { Elements: 1 } one ? one.Floats()[0] : 0;

    private static int RangeCount(OnnxCall call)
    {
        float[] bounds = [.. Enumerable.Range(0,
            3).Select(i => call.Real(i).Values is [var one] ? one : throw call.Refuse("bounds must be single numbers"))];
        double count = Math.Ceiling((bounds[1] - (double)bounds[0]) / bounds[2]);
        return count is >= 1 and <= ImportLimits.TensorElements ? (int)count : throw call.Refuse("the range is empty or too long");
    }

    private static int[] Spread(int[] from, int[] to)
    {
        int rank = Math.Max(from.Length, to.Length);
        return [.. Enumerable.Range(1, rank).Reverse().Select(i => Math.Max(i <= from.Length ? from[^i] : 1, i <= to.Length ? to[^i] : 1))];
    }
}
