using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Operators that combine two operands element by element, either of which may repeat along some axes.</summary>
internal static class Elementwise
{
    /// <summary>ADD: option activation. Ratios of scales in double precision.</summary>
    [Translates(TfliteOperator.Add)]
    public static void Add(Translation t)
    {
        (TfliteTensor a, TfliteTensor b) = Commutative(t);
        double twiceLarger = 2.0 * Math.Max(Scale(a), Scale(b));
        double result = twiceLarger / ((double)(1 << Fraction(t)) * Scale(t.Output()));
        Combine(t, EdgeCnn.Add.Code, a, b, [Scale(a) / twiceLarger, Scale(b) / twiceLarger, result], t.Options.Int8(0));
    }

    /// <summary>SUB: option activation. Ratios of scales in single precision.</summary>
    [Translates(TfliteOperator.Sub)]
    public static void Sub(Translation t)
    {
        TfliteTensor a = t.Input(0), b = t.Input(1);
        bool swapped = a.IsConstant;
        if (swapped) (a, b) = (b, a);
        float twiceLarger = 2 * Math.Max(Scale(a), Scale(b));
        float result = twiceLarger / ((1 << Fraction(t)) * Scale(t.Output()));
        Combine(t, EdgeCnn.Sub.Code, a, b, [Scale(a) / twiceLarger, Scale(b) / twiceLarger, result], t.Options.Int8(0), swapped);
    }

    /// <summary>MUL: option activation.</summary>
    [Translates(TfliteOperator.Mul)]
    public static void Mul(Translation t)
    {
        (TfliteTensor a, TfliteTensor b) = Commutative(t);
        Combine(t, EdgeCnn.Mul.Code, a, b, [(double)Scale(a) * Scale(b) / Scale(t.Output())], t.Options.Int8(0));
    }

    /// <summary>SQUARED_DIFFERENCE: ratios of scales in double precision.</summary>
    [Translates(TfliteOperator.SquaredDifference)]
    public static void SquaredDifference(Translation t)
    {
        (TfliteTensor a, TfliteTensor b) = Commutative(t);
        double twiceLarger = 2.0 * Math.Max(Scale(a), Scale(b));
        double step = t.Output().Type == TfliteType.Int16 ? 1 : 1 << 14;
        double result = twiceLarger * twiceLarger / (step * Scale(t.Output()));
        Combine(t, EdgeCnn.SquaredDifference.Code, a, b, [Scale(a) / twiceLarger, Scale(b) / twiceLarger, result]);
    }

    /// <summary>MAXIMUM and MINIMUM: all in one quantization.</summary>
    [Translates(TfliteOperator.Maximum)]
    [Translates(TfliteOperator.Minimum)]
    public static void Select(Translation t)
    {
        (TfliteTensor a, TfliteTensor b) = Commutative(t);
        t.RequireSameQuantization(a, t.Output());
        t.RequireSameQuantization(b, t.Output());
        Combine(t, t.Code == TfliteOperator.Maximum ? Maximum.Code : Minimum.Code, a, b, []);
    }

    /// <summary>PRELU: input and slopes, which are int8.</summary>
    [Translates(TfliteOperator.Prelu)]
    public static void PReLU(Translation t)
    {
        TfliteTensor a = t.Input(0), slopes = t.Input(1);
        if (slopes.Type != TfliteType.Int8) throw t.Refuse("the slopes must be int8");
        double identity = (double)Scale(a) / Scale(t.Output()), slope = (double)Scale(a) * Scale(slopes) / Scale(t.Output());
        Combine(t, EdgeCnn.PReLU.Code, a, slopes, [identity, slope]);
    }

    /// <summary>Operands of an operator that does not care for their order: a constant goes second, and so does an operand that
    /// repeats.</summary>
    private static (TfliteTensor A, TfliteTensor B) Commutative(Translation t)
    {
        TfliteTensor a = t.Input(0), b = t.Input(1);
        bool swap = a.IsConstant || (!b.IsConstant && a.Elements < b.Elements);
        return swap ? (b, a) : (a, b);
    }

    private static void Combine(
        Translation t, int code, TfliteTensor a, TfliteTensor b, double[] ratios, int activation = 0, bool swapped = false)
    {
        TfliteTensor output = t.Output();
        if (output.Type is not (TfliteType.Int8 or TfliteType.Int16) || a.Type != output.Type
            || (b.Type != output.Type && code != EdgeCnn.PReLU.Code))
            throw t.Refuse($"operands and {output} must all be int8 or all int16");
        if (a.IsConstant) throw t.Refuse("both operands are constants");
        int secondType = t.ElementTypeOf(b), zeroPoint = b.Quantization.ZeroPoint;
        if (b.IsConstant && b.Data.Length != b.Elements * ElementType.Bytes(secondType)) throw t.Refuse($"{b} has {b.Data.Length} bytes of data");
        if (zeroPoint < ElementType.Min(secondType) || zeroPoint > ElementType.Max(secondType))
            throw t.Refuse($"{b} can't have zero point {zeroPoint}");
        byte[] own = OwnFields.None();
        own[Broadcast.Repeat1At - OperatorRecord.OwnAt] = Repeats(t, a, output);
        own[Broadcast.Repeat2At - OperatorRecord.OwnAt] = Repeats(t, b, output);
        own[Broadcast.SwappedAt - OperatorRecord.OwnAt] = (byte)(swapped ? 1 : 0);
        OwnFields.SetInt16(own, Broadcast.ZeroPoint2At, zeroPoint);
        (double min, double max) = t.Activation(activation);
        OwnFields.SetClamp(own, output.Quantization, min, max, t.ElementTypeOf(output));
        FixedMultiplier[] scales = [.. ratios.Select(t.Multiplier)];
        byte[]? constant = b.IsConstant ? b.Data.ToArray() : null;
        t.Add(code, b.IsConstant ? [a] : [a, b], output, own, op => op with { Scales = scales, Constant = constant });
    }

    /// <summary>Bit k is set when the operand has one element along the output's axis k and the output more; shapes are aligned at their
    /// ends.</summary>
    private static byte Repeats(Translation t, TfliteTensor operand, TfliteTensor output)
    {
        int repeats = 0, missing = output.Shape.Length - operand.Shape.Length;
        if (missing < 0 || output.Shape.Length > TensorRecord.MaxRank) throw t.Refuse($"{operand} does not spread over {output}");
        for (int axis = 0; axis < output.Shape.Length; axis++)
        {
            int size = axis < missing ? 1 : operand.Shape[axis - missing];
            if (size == output.Shape[axis]) continue;
            if (size != 1) throw t.Refuse($"{operand} does not spread over {output}");
            repeats |= 1 << axis;
        }
        return (byte)repeats;
    }

    private static float Scale(TfliteTensor tensor) => tensor.Quantization.Scale;

    /// <summary>Fraction bits of the common scale of sums and differences.</summary>
    private static int Fraction(Translation t) => t.Output().Type == TfliteType.Int16 ? 15 : 20;
}
