using System;

namespace EdgeCnn.Trainer.Export;

/// <summary>Tables of functions that int16 operators interpolate in.</summary>
internal static class InterpolationTable
{
    /// <summary>
    /// The sigmoid at k / 24, k = 0 … 255, uint16 each in units of 2⁻¹⁶; the last entry is the limit. Every entry is moved by half of what
    /// interpolation is off in the middle of its step, to halve the largest error.
    /// </summary>
    public static byte[] Sigmoid()
    {
        const int last = EdgeCnn.Sigmoid.TableLength - 1;
        var table = new SectionBuilder();
        for (int k = 0; k < last; k++)
        {
            double off = (At(k) + At(k + 1)) / 2 - At(k + 0.5);
            table.Int16((int)Math.Round(At(k) - off / 2));
        }
        table.Int16(ushort.MaxValue);
        return table.ToArray();

        static double At(double k) => 65536 / (1 + Math.Exp(-k / 24));
    }

    /// <summary>eˣ over −10 … 0, then 1/(1 + x) over 0 … 1.</summary>
    public static byte[] Softmax16() => [.. Of(x => (float)Math.Exp(x), -10, 0), .. Of(x => 1 / (1 + x), 0, 1)];

    /// <summary>
    /// f over [<paramref name="from"/>, <paramref name="to"/>] in 512 steps, int16 each in units of 2⁻¹⁵, computed in single precision.
    /// Entries are moved as those of the sigmoid.
    /// </summary>
    private static byte[] Of(Func<float, float> f, float from, float to)
    {
        const int steps = EdgeCnn.Softmax16.TableLength - 1;
        const float unit = 32768;
        float step = (to - from) / steps, half = step / 2;
        var table = new SectionBuilder();
        for (int i = 0; i < steps; i++)
        {
            float value = Round(f(from + i * step) * unit), next = f(from + (i + 1) * step) * unit;
            float off = Round((next + value) / 2) - Round(f(from + i * step + half) * unit);
            table.Int16(Saturate(value - Round(off / 2)));
        }
        table.Int16(Saturate(Round(f(to) * unit)));
        return table.ToArray();
    }

    private static float Round(float x) => MathF.Round(x, MidpointRounding.AwayFromZero);

    private static int Saturate(float x) => (int)Math.Clamp(x, short.MinValue, short.MaxValue);
}
