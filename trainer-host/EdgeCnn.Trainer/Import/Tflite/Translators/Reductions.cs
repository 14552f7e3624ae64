using System;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Operators that leave out axes of their input.</summary>
internal static class Reductions
{
    /// <summary>SUM: input and axes; option keepDims, which the output's shape tells.</summary>
    [Translates(TfliteOperator.Sum)]
    public static void Sum(Translation t) => Reduce(t, EdgeCnn.Reduce.Sum, Ratio(t));

    /// <summary>MEAN: a sum whose multiplier holds the division.</summary>
    [Translates(TfliteOperator.Mean)]
    public static void Mean(Translation t)
    {
        int axes = Axes(t), count = Enumerable.Range(0, t.Input(0).Shape.Length).Where(axis => (axes >> axis & 1) == 1)
            .Aggregate(1, (product, axis) => product * t.Input(0).Shape[axis]);
        if (count == 0) throw t.Refuse("there is nothing to take the mean of");
        Reduce(t, EdgeCnn.Reduce.Sum, Ratio(t).DividedBy(count));
    }

    /// <summary>REDUCE_MAX and REDUCE_MIN: in one quantization.</summary>
    [Translates(TfliteOperator.ReduceMax)]
    [Translates(TfliteOperator.ReduceMin)]
    public static void Extreme(Translation t)
    {
        t.RequireSameQuantization(t.Input(0), t.Output());
        Reduce(t, t.Code == TfliteOperator.ReduceMax ? EdgeCnn.Reduce.Max : EdgeCnn.Reduce.Min, null);
    }

    /// <summary>ARG_MAX and ARG_MIN: input and axis; the output is int32.</summary>
    [Translates(TfliteOperator.ArgMax)]
    [Translates(TfliteOperator.ArgMin)]
    public static void ArgMax(Translation t)
    {
        if (t.Output().Type != TfliteType.Int32) throw t.Refuse($"{t.Output()} must be int32; convert the model with int32 indices");
        if (t.Input(0).Type is not (TfliteType.Int8 or TfliteType.Int16)) throw t.Refuse("only int8 and int16 are supported");
        int axes = Axes(t);
        if (BitOperations.PopCount((uint)axes) != 1) throw t.Refuse("there must be one axis");
        byte[] own = OwnFields.None();
        own[EdgeCnn.ArgMax.AxisAt - OperatorRecord.OwnAt] = (byte)BitOperations.Log2((uint)axes);
        own[EdgeCnn.ArgMax.SmallestAt - OperatorRecord.OwnAt] = (byte)(t.Code == TfliteOperator.ArgMin ? 1 : 0);
        t.Add(EdgeCnn.ArgMax.Code, [t.Input(0)], t.Output(), own);
    }

    private static void Reduce(Translation t, int function, FixedMultiplier? scale)
    {
        if (t.Input(0).Type is not (TfliteType.Int8 or TfliteType.Int16) || t.Input(0).Type != t.Output().Type)
            throw t.Refuse("input and output must both be int8 or both int16");
        byte[] own = OwnFields.None();
        own[EdgeCnn.Reduce.AxesAt - OperatorRecord.OwnAt] = (byte)Axes(t);
        own[EdgeCnn.Reduce.FunctionAt - OperatorRecord.OwnAt] = (byte)function;
        t.Add(EdgeCnn.Reduce.Code, [t.Input(0)], t.Output(), own, op => op with { Scales = scale is { } s ? [s] : null });
    }

    private static FixedMultiplier Ratio(Translation t) =>
        t.Multiplier((double)t.Input(0).Quantization.Scale / t.Output().Quantization.Scale);

    /// <summary>Bit k is set for axis k; negative axes count from the end.</summary>
    private static int Axes(Translation t)
    {
        int rank = t.Input(0).Shape.Length, axes = 0;
        foreach (int axis in t.Constants(1))
        {
            int positive = axis < 0 ? axis + rank : axis;
            if (positive < 0 || positive >= rank) throw t.Refuse($"there is no axis {axis}");
            axes |= 1 << positive;
        }
        return axes;
    }
}
