using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Operators of two operands, element by element, either of which may repeat along some axes; one may be a constant.</summary>
[Imports("Add", "Sub", "Mul", "Div", "Max", "Min", "PRelu")]
internal sealed class Binary : OnnxOperator
{
    private static readonly Dictionary<string, Func<float, float, float>> Functions = new(StringComparer.Ordinal)
    {
        ["Add"] = (a, b) => a + b,
        ["Sub"] = (a, b) => a - b,
        ["Mul"] = (a, b) => a * b,
        ["Div"] = (a, b) => a / b,
        ["Max"] = Math.Max,
        ["Min"] = Math.Min,
        ["PRelu"] = (a, b) => a < 0 ? a * b : a,
    };

    private static readonly Dictionary<string, int> Codes = new(StringComparer.Ordinal)
    {
        ["Add"] = EdgeCnn.Add.Code,
        ["Sub"] = EdgeCnn.Sub.Code,
        ["Mul"] = EdgeCnn.Mul.Code,
        ["Div"] = EdgeCnn.Mul.Code,
        ["Max"] = Maximum.Code,
        ["Min"] = Minimum.Code,
        ["PRelu"] = PReLU.Code,
    };

    public override bool Clamps => true;

    public override int[][] Shapes(OnnxCall call)
    {
        if (call.InputCount != 2) throw call.Refuse("there must be two operands");
        int[] a = call.Shape(0), b = call.Shape(1), shape = new int[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            int first = i <= a.Length ? a[^i] : 1, second = i <= b.Length ? b[^i] : 1;
            if (first != second && first != 1 && second != 1) throw call.Refuse("the operands' shapes do not go together");
            shape[^i] = Math.Max(first, second);
        }
        return [shape];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        Func<float, float, float> function = Functions[call.Kind];
        bool isInteger = call.Graph.Constants.TryGetValue(call.Name(0), out OnnxTensor? constant) && !constant.IsFloat;
        if (isInteger && call.Kind == "Div") function = (a, b) => MathF.Truncate(a / b);
        return [FloatTensor.Zip(inputs[0], inputs[1], Shapes(call)[0], function)];
    }

    public override void Translate(OnnxTranslation t)
    {
        if (t.IsConstant(0) && t.IsConstant(1)) throw t.Refuse("both operands are constants");
        bool commutes = t.Kind is "Add" or "Mul" or "Max" or "Min";
        // A constant is the second operand; what repeats may be either.
        bool swapped = t.IsConstant(0);
        if (swapped && !commutes && t.Kind != "Sub") throw t.Refuse("the first operand must not be a constant");
        (int a, int b) = swapped ? (1, 0) : (0, 1);
        int[] shape = t.OutputShape(), order = OrderOf(t, a, b, shape.Length);
        QuantizationParameters result = t.Result(), first = t.Quantization(a);
        bool selects = t.Kind is "Max" or "Min";
        int left = Operand(t, a, order);
        if (selects) (left, first) = (t.Requantized(left, result), result);

        byte[] own = OwnFields.None();
        own[Broadcast.Repeat1At - OperatorRecord.OwnAt] = Repeats(t.Shape(a), shape, order);
        own[Broadcast.Repeat2At - OperatorRecord.OwnAt] = Repeats(t.Shape(b), shape, order);
        own[Broadcast.SwappedAt - OperatorRecord.OwnAt] = (byte)(swapped && t.Kind == "Sub" ? 1 : 0);
        t.SetClamp(own);
        QuantizationParameters second;
        byte[]? constant = null;
        int[] inputs = [left];
        if (t.IsConstant(b)) (constant, second) = Constant(t, b, order, selects ? result : null);
        else
        {
            int right = Operand(t, b, order);
            second = t.Quantization(b);
            if (selects) (right, second) = (t.Requantized(right, result), result);
            inputs = [left, right];
        }
        OwnFields.SetInt16(own, Broadcast.ZeroPoint2At, second.ZeroPoint);
        FixedMultiplier[] scales = [.. Ratios(t.Kind, first.Scale, second.Scale, result.Scale).Select(t.Multiplier)];
        t.Add(Codes[t.Kind], inputs, order, own, op => op with { Scales = scales, Constant = constant });
    }

    /// <summary>The ratios that the runtime's operator wants.</summary>
    private static double[] Ratios(string kind, double first, double second, double result)
    {
        double larger = 2 * Math.Max(first, second);
        return kind switch
        {
            "Add" or "Sub" => [first / larger, second / larger, larger / ((1 << ElementwiseFraction) * result)],
            "Mul" or "Div" => [first * second / result],
            "PRelu" => [first / result, first * second / result],
            _ => [],
        };
    }

    /// <summary>Fraction bits of the common scale of sums and differences.</summary>
    private const int ElementwiseFraction = 20;

    /// <summary>The order of axes of the operand that has all dimensions.</summary>
    private static int[] OrderOf(OnnxTranslation t, int a, int b, int rank)
    {
        if (rank > TensorRecord.MaxRank) throw t.Refuse($"{rank} dimensions are too many");
        int whole = t.Rank(a) == rank || t.IsConstant(b) || t.Rank(b) < rank ? a : b;
        return t.Rank(whole) == rank ? t.Order(whole) : OnnxTranslation.InOrder(rank);
    }

    /// <summary>An operand as a tensor of as many dimensions as the result has, in its order.</summary>
    private static int Operand(OnnxTranslation t, int input, int[] order)
    {
        int[] shape = t.Shape(input);
        if (shape.Length == order.Length) return t.Tensor(input, order);
        int[] whole = [.. Enumerable.Repeat(1, order.Length - shape.Length), .. shape];
        int tensor = t.Reshaped(t.Tensor(input), whole);
        return t.Activations.Moved(tensor, [.. order.Select(axis => whole[axis])], StridedView.Of(whole).Transpose(order));
    }

    private static byte Repeats(int[] operand, int[] shape, int[] order)
    {
        int repeats = 0, missing = shape.Length - operand.Length;
        for (int place = 0; place < order.Length; place++)
        {
            int axis = order[place], size = axis < missing ? 1 : operand[axis - missing];
            if (size != shape[axis]) repeats |= 1 << place;
        }
        return (byte)repeats;
    }

    /// <summary>A constant operand as bytes in the result's order of axes; a divisor is what it takes to multiply.</summary>
    private static (byte[] Bytes, QuantizationParameters Quantization) Constant(
        OnnxTranslation t, int input, int[] order, QuantizationParameters? wanted)
    {
        int[] shape = t.Shape(input), whole = [.. Enumerable.Repeat(1, order.Length - shape.Length), .. shape];
        FloatTensor real = t.Real(input);
        if (t.Kind == "Div") real = real.Map(x => 1 / x);
        if (real.Values.Any(x => !float.IsFinite(x))) throw t.Refuse("the constant operand has values that are not finite");
        real = real.Take(whole, StridedView.Of(whole).Transpose(order));
        QuantizationParameters quantization = wanted ?? Quantized(t, input) ?? Covering(real.Values);
        return ([.. real.Values.Select(x => unchecked((byte)quantization.Quantize(x)))], quantization);
    }

    /// <summary>The model's own quantization of a constant, where it can stay.</summary>
    private static QuantizationParameters? Quantized(OnnxTranslation t, int input)
    {
        if (t.Kind == "Div" || !t.Graph.Quantized.TryGetValue(t.Name(input), out QuantizedConstant? constant)
            || constant.Scales is not [> 0 and var scale])
            return null;
        return constant.Integers.Type switch
        {
            OnnxType.Int8 => new QuantizationParameters(scale, (int)constant.ZeroPoints[0]),
            OnnxType.UInt8 => new QuantizationParameters(scale, (int)constant.ZeroPoints[0] - 128),
            _ => null,
        };
    }

    private static QuantizationParameters Covering(float[] values)
    {
        float min = values.Min(), max = values.Max();
        // One number is held exactly.
        return min == max && max > 0 ? new QuantizationParameters(max / 255, -128)
            : min == max && min < 0 ? new QuantizationParameters(-min / 255, 127)
            : QuantizationParameters.Covering(min, max);
    }
}
