using System;
using System.Linq;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data.Sound;

namespace EdgeCnn.Tests.Input;

/// <summary>Log-mel pixels in double precision, by the formulas: no tables, no fast transform, no rounding, no limits to a pixel's byte but
/// the clamp.</summary>
internal sealed class LogMelReference(LogMelSettings settings)
{
    private readonly int _size = 1 << Math.Max(4, (int)Math.Ceiling(Math.Log2(settings.Frame)));

    public double[] Pixels(short[] samples, Shape picture) =>
        [.. Enumerable.Range(0, picture.Height).SelectMany(row => Row(samples.AsSpan(row * settings.Hop, settings.Frame), picture.Width))];

    private double[] Row(ReadOnlySpan<short> frame, int bands)
    {
        double[] windowed = new double[_size];
        double weights = 0;
        for (int n = 0; n < frame.Length; n++)
        {
            double weight = 0.5 - 0.5 * Math.Cos(2 * Math.PI * n / frame.Length);
            windowed[n] = weight * frame[n];
            weights += weight;
        }
        double[] power = [.. Enumerable.Range(0, _size / 2).Select(k => Power(windowed, k))];
        double loudest = Math.Pow(32768 * weights / 2, 2);
        return [.. Enumerable.Range(0, bands).Select(band => Pixel(Energy(power, band, bands) / loudest))];
    }

    private double Power(double[] windowed, int k)
    {
        double real = 0, imaginary = 0;
        for (int n = 0; n < windowed.Length; n++)
        {
            double angle = 2 * Math.PI * ((long)k * n % _size) / _size;
            real += windowed[n] * Math.Cos(angle);
            imaginary -= windowed[n] * Math.Sin(angle);
        }
        return real * real + imaginary * imaginary;
    }

    private double Energy(double[] power, int band, int bands)
    {
        double low = Edge(band, bands), middle = Edge(band + 1, bands), high = Edge(band + 2, bands), sum = 0;
        for (int k = 0; k < power.Length; k++)
            sum += power[k] * Math.Max(0, Math.Min((k - low) / (middle - low), (high - k) / (high - middle)));
        return sum;
    }

    /// <summary>An edge in bins.</summary>
    private double Edge(int index, int bands)
    {
        static double Mel(double hertz) => 1127 * Math.Log(1 + hertz / 700);
        double mel = Mel(settings.Low) + (Mel(settings.High) - Mel(settings.Low)) * index / (bands + 1);
        return 700 * (Math.Exp(mel / 1127) - 1) * _size / settings.Rate;
    }

    private double Pixel(double share) => Math.Clamp(255 * (10 * Math.Log10(share) - settings.Quietest) / -settings.Quietest, 0, 255);
}
