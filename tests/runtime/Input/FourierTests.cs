using System;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data.Sound;
using Xunit;

namespace EdgeCnn.Tests.Input;

public sealed unsafe class FourierTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(11)]
    public void The_spectrum_is_that_of_the_definition(int bits)
    {
        int size = 1 << bits, largest = 1 << (30 - bits);
        var random = new Random(bits);
        int[] samples = [.. Enumerable.Range(0, size).Select(_ => random.Next(-largest, largest + 1))];
        Complex[] spectrum = Transform(samples, bits);
        for (int k = 0; k < size; k += 1 + size / 64)
        {
            Complex exact = Complex.Zero;
            for (int n = 0; n < size; n++) exact += samples[n] * Complex.FromPolarCoordinates(1, -2 * Math.PI * (k * n % size) / size);
            // The table has 14 bits: an error of 2⁻¹⁵ of what passes through each of the passes, which add up like noise.
            Assert.InRange((spectrum[k] - exact).Magnitude, 0, Math.ScaleB(1, 30 - 15) / Math.Sqrt(size) * bits + bits);
        }
    }

    [Fact]
    public void The_loudest_input_does_not_overflow()
    {
        foreach (int bits in (int[])[4, 8, 11])
        {
            int size = 1 << bits, largest = 1 << (30 - bits);
            int[] square = [.. Enumerable.Range(0, size).Select(n => n % 8 < 4 ? largest : -largest)];
            double expected = Math.Sqrt(square.Sum(value => (double)value * value) * size);
            double found = Math.Sqrt(Transform(square, bits).Sum(value => value.Magnitude * value.Magnitude));
            Assert.InRange(found / expected, 0.9999, 1.0001);   // Parseval's theorem
            Complex[] constant = Transform([.. Enumerable.Repeat(largest, size)], bits);
            Assert.Equal(Math.ScaleB(1, 30), constant[0].Real);
        }
    }

    [Fact]
    public void Places_are_reversed_in_bits()
    {
        Assert.Equal([0, 4, 2, 6, 1, 5, 3, 7], Enumerable.Range(0, 8).Select(i => Fourier.Reversed(i, 3)));
    }

    private static Complex[] Transform(int[] samples, int bits)
    {
        byte[] record = new LogMelSettings(8000, 1 << bits, 1, 100, 4000, -80).Record(new Shape(1, 1, 1));
        int[] values = new int[2 << bits];
        for (int i = 0; i < samples.Length; i++) values[2 * Fourier.Reversed(i, bits)] = samples[i];
        fixed (byte* table = record)
        fixed (int* place = values)
            Fourier.Transform((byte*)place, 0, bits, table, LogMelRecord.Sines(table, 0));
        return [.. Enumerable.Range(0, 1 << bits).Select(k => new Complex(values[2 * k], values[2 * k + 1]))];
    }
}
