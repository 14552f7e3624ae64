using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Learning;

/// <summary>
/// The real numbers of learning as integers: per output channel the weight scale for errors on their way back, and the step sizes
/// rate · input scale / weight scale of weights and rate / (input scale · weight scale) of biases.
/// </summary>
/// <param name="Back">Weight scales in 1/2¹⁵ of 2^<paramref name="BackExponent"/>.</param>
/// <param name="BackExponent">The power of two at or above the largest weight scale.</param>
/// <param name="Weights">Steps of weights.</param>
/// <param name="Biases">Steps of biases.</param>
internal sealed record StepSizes(int[] Back, int BackExponent, StepSize[] Weights, StepSize[] Biases)
{
    public static unsafe StepSizes Of(byte* model, int op, double rate)
    {
        double inputScale = Scale(model, OperatorRecord.Input(model, op));
        double[] scales = WeightScales(model, op);
        int exponent = (int)Math.Ceiling(Math.Log2(scales.Max()));
        return new StepSizes(
            [.. scales.Select(scale => (int)Math.Round(Math.ScaleB(scale, 15 - exponent)))], exponent,
            [.. scales.Select(scale => StepSize.Of(rate * inputScale / scale))],
            [.. scales.Select(scale => StepSize.Of(rate / (inputScale * scale)))]);
    }

    /// <summary>A tensor's scale.</summary>
    public static unsafe double Scale(byte* model, int tensor) => BitConverter.Int32BitsToSingle(TensorRecord.ScaleBits(model, tensor));

    /// <summary>Weight scales from what the file has: a channel's multiplier is input scale · weight scale / output scale.</summary>
    public static unsafe double[] WeightScales(byte* model, int op)
    {
        double ratio = Scale(model, OperatorRecord.Output(model, op)) / Scale(model, OperatorRecord.Input(model, op));
        int channels = WeightedRows.OutputChannels(model, op), count = WeightedRows.Multipliers(model, op);
        int multipliers = OperatorRecord.Requant(model, op) + 4 * channels;
        double[] scales = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            int m = count == 1 ? 0 : c;
            double multiplier = Math.ScaleB(Memory.Int32(model, multipliers + 4 * m), (sbyte)model[multipliers + 4 * count + m] - 31);
            // A channel of zeros may have any scale; an error through it is 0 anyway.
            scales[c] = multiplier > 0 ? multiplier * ratio : double.Epsilon;
        }
        double largest = scales.Max();
        return largest > 0 ? [.. scales.Select(scale => Math.Max(scale, largest * 1e-6))] : throw new ExportException("an operator has no scale");
    }
}

/// <summary>A positive number as mantissa · 2^−shift.</summary>
/// <param name="Mantissa">2¹⁴ to below 2¹⁵.</param>
/// <param name="Shift">−128 to 127.</param>
internal readonly record struct StepSize(int Mantissa, int Shift)
{
    /// <exception cref="ExportException">The number is out of range.</exception>
    public static StepSize Of(double value)
    {
        int exponent = (int)Math.Floor(Math.Log2(value)) + 1;
        int mantissa = (int)Math.Round(Math.ScaleB(value, 15 - exponent));
        if (mantissa == 1 << 15) (mantissa, exponent) = (1 << 14, exponent + 1);
        int shift = 15 - exponent;
        return shift is >= sbyte.MinValue and <= sbyte.MaxValue
            ? new StepSize(mantissa, shift)
            : throw new ExportException($"a step size of {value:g3} is out of range; choose another rate");
    }
}
