using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Benchmarks.Learning;

/// <summary>How pictures differ from those that a model was trained with, once it is out there.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Change">From the pixels of a 28 × 28 picture to those of the changed one.</param>
internal sealed record DomainShift(string Name, Action<byte[], byte[], Random> Change)
{
    private const int Size = 28;

    /// <summary>All shifts.</summary>
    public static IReadOnlyList<DomainShift> All { get; } =
    [
        new("rotated by 25 to 40°", Rotate), new("inverted and dimmed", Invert), new("noisy, low contrast", AddNoise),
    ];

    /// <summary>The changed pictures, picture by picture from the seed.</summary>
    public Dataset Of(Dataset pictures, int seed)
    {
        byte[] pixels = new byte[pictures.Pixels.Length], changed = new byte[Size * Size];
        for (int i = 0; i < pictures.Count; i++)
        {
            Change(pictures.Image(i).ToArray(), changed, new Random(HashCode(seed, i)));
            changed.CopyTo(pixels, i * changed.Length);
        }
        return new Dataset(pictures.Shape, pixels, pictures.Labels.ToArray(), pictures.Classes);
    }

    private static int HashCode(int seed, int index) => unchecked(seed * 1_000_003 + index);

    /// <summary>Turns the picture counter-clockwise, with bilinear interpolation.</summary>
    private static void Rotate(byte[] from, byte[] to, Random random)
    {
        (double sine, double cosine) = Math.SinCos((25 + 15 * random.NextDouble()) * Math.PI / 180);
        const double middle = (Size - 1) / 2.0;
        for (int i = 0; i < to.Length; i++)
        {
            double dx = i % Size - middle, dy = i / Size - middle;
            to[i] = (byte)Math.Round(At(from, cosine * dx + sine * dy + middle, cosine * dy - sine * dx + middle));
        }
    }

    private static double At(byte[] picture, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double right = x - left, below = y - top;
        return (Pixel(picture, left, top) * (1 - right) + Pixel(picture, left + 1, top) * right) * (1 - below)
            + (Pixel(picture, left, top + 1) * (1 - right) + Pixel(picture, left + 1, top + 1) * right) * below;
    }

    private static int Pixel(byte[] picture, int x, int y) => x is >= 0 and < Size && y is >= 0 and < Size ? picture[y * Size + x] : 0;

    /// <summary>Dark on light, at half the contrast.</summary>
    private static void Invert(byte[] from, byte[] to, Random random)
    {
        for (int i = 0; i < to.Length; i++) to[i] = (byte)((255 - from[i]) / 2);
    }

    /// <summary>What a small camera makes of it: a gray ground, less contrast, normal noise.</summary>
    private static void AddNoise(byte[] from, byte[] to, Random random)
    {
        for (int i = 0; i < to.Length; i++)
        {
            double noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            to[i] = (byte)Math.Clamp(Math.Round(40 + 0.6 * from[i] + 30 * noise), 0, 255);
        }
    }
}
