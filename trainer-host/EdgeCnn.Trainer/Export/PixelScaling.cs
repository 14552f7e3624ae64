using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Export;

/// <summary>
/// Preprocessing in integers: q = clamp((pixel · Multipliers[c] + Addends[c]) &gt;&gt; Shift), pixel 0 … 255 of channel c.
/// </summary>
public sealed record PixelScaling(IReadOnlyList<int> Multipliers, IReadOnlyList<int> Addends, int Shift)
{
    /// <summary>
    /// The integers nearest to x = pixel · scale[c] + offset[c], quantized by <paramref name="quantization"/>, rounded to nearest.
    /// </summary>
    /// <exception cref="ArgumentException">A factor is too large for the format; the normalization is not one of pixels.</exception>
    public static PixelScaling Of(IReadOnlyList<double> scale, IReadOnlyList<double> offset, QuantizationParameters quantization)
    {
        double[] factors = [.. scale.Select(value => value / quantization.Scale)];
        double[] addends = [.. offset.Select(value => value / quantization.Scale + quantization.ZeroPoint)];
        for (int shift = 20; shift >= 0; shift--)
        {
            double unit = Math.ScaleB(1, shift), half = shift == 0 ? 0 : unit / 2;
            if (factors.Any(value => Math.Abs(value * unit) > IOCheck.MaxMultiplier)
                || addends.Any(value => Math.Abs(value * unit) + half > IOCheck.MaxAddend))
                continue;
            return new PixelScaling(
                [.. factors.Select(value => (int)Math.Round(value * unit))],
                [.. addends.Select(value => (int)Math.Round(value * unit + half))],
                shift);
        }
        throw new ArgumentException("the normalization can't be held in integers: a mean or deviation is out of range");
    }
}
