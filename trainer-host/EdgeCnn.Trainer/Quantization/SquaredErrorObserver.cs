using System;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// The range whose quantization has the least squared error, Σ (x − dequantized(x))²: what saturates against the rounding of the rest.
/// </summary>
/// <remarks>
/// Among ranges (a·min, b·max) of the extremes: first a = b from 1 down to 1/<see cref="Parts"/>, then each side by itself about the best
/// one, as long as it helps.
/// </remarks>
public sealed class SquaredErrorObserver : HistogramObserver
{
    private const int Parts = 128;

    private protected override (double Min, double Max) RangeOf(Histogram histogram)
    {
        (double min, double max) = histogram.Extremes;
        (int low, int high) = (Parts, Parts);
        double least = Error(low, high);
        for (int part = Parts - 1; part > 0; part--) Try(part, part);
        for (bool better = min < 0 && max > 0; better;)
        {
            better = false;
            foreach ((int down, int up) in new[] { (-1, 0), (1, 0), (0, -1), (0, 1) }) better |= Try(low + down, high + up);
        }
        return (min * low / Parts, max * high / Parts);

        bool Try(int a, int b)
        {
            if (a is < 1 or > Parts || b is < 1 or > Parts) return false;
            double error = Error(a, b);
            if (!(error < least)) return false;
            (low, high, least) = (a, b, error);
            return true;
        }

        double Error(int a, int b) => SquaredError(histogram, QuantizationParameters.Covering(min * a / Parts, max * b / Parts));
    }

    /// <summary>Σ over the bins of count · (centre − dequantized)².</summary>
    private static double SquaredError(Histogram histogram, QuantizationParameters quantization)
    {
        double sum = 0;
        for (int bin = 0; bin < Histogram.Bins; bin++)
        {
            if (histogram.Counts[bin] == 0) continue;
            double centre = histogram.Centre(bin), error = centre - quantization.Dequantize(quantization.Quantize(centre));
            sum += histogram.Counts[bin] * error * error;
        }
        return sum;
    }
}
