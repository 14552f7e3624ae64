using System;

namespace EdgeCnn.Trainer.Export;

/// <summary>The own fields of the int16 <see cref="Sigmoid"/> operator.</summary>
internal static class SigmoidFields
{
    /// <summary>The input's scale times 3 · 2¹² as multiplier and right shift; exact where the scale is a power of two that needs no
    /// shift.</summary>
    /// <exception cref="ExportException">The input's steps are too large.</exception>
    public static byte[] Of(float scale, bool isTanh)
    {
        if (!(scale > 0)) throw new ExportException($"a scale of {scale} is impossible");
        int left = PowerOfTwo(scale) is { } power ? 12 + power : -1, shift = 0;
        double multiplier = (double)scale * 4096 * 3;
        if (left == 0 || (left == 1 && isTanh)) multiplier = 3 << left;
        else
        {
            for (; multiplier <= short.MaxValue / 2.0 && shift <= 30; shift++) multiplier *= 2;
        }
        if (multiplier > short.MaxValue)
            throw new ExportException($"int16 steps of {scale:g3} are too large for the argument of a sigmoid or tanh");
        byte[] own = OwnFields.None();
        OwnFields.SetInt16(own, EdgeCnn.Sigmoid.MultiplierAt, (int)multiplier);
        own[EdgeCnn.Sigmoid.ShiftAt - OperatorRecord.OwnAt] = (byte)shift;
        own[EdgeCnn.Sigmoid.IsTanhAt - OperatorRecord.OwnAt] = (byte)(isTanh ? 1 : 0);
        return own;
    }

    /// <summary>log₂ of a number that is very nearly a power of two.</summary>
    public static int? PowerOfTwo(float x)
    {
        float logarithm = MathF.Log(x) * (1 / MathF.Log(2)), rounded = MathF.Round(logarithm, MidpointRounding.AwayFromZero);
        return Math.Abs(logarithm - rounded) < 1e-3f ? (int)rounded : null;
    }
}
