using System;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Data;

/// <summary>
/// A 28×28 picture of ink. Computes with +, −, ·, / and square roots only, which every machine rounds alike, so pictures are the same bytes
/// everywhere.
/// </summary>
internal ref struct DigitCanvas
{
    /// <summary>Pixels per side.</summary>
    public const int Size = 28;

    private const int CurveSegments = 10;
    private readonly Span<double> _ink;

    /// <summary>An empty picture in memory of Size·Size values.</summary>
    public DigitCanvas(Span<double> ink)
    {
        _ink = ink;
        ink.Clear();
    }

    /// <summary>Draws the quadratic Bézier curve from a to c with control point b, in pixels.</summary>
    public readonly void Curve((double X, double Y) a, (double X, double Y) b, (double X, double Y) c, double radius)
    {
        var from = a;
        for (var i = 1; i <= CurveSegments; i++)
        {
            var t = i / (double)CurveSegments;
            var u = 1 - t;
            var to = (u * u * a.X + 2 * u * t * b.X + t * t * c.X, u * u * a.Y + 2 * u * t * b.Y + t * t * c.Y);
            Line(from, to, radius);
            from = to;
        }
    }

    /// <summary>Draws a line with round ends: ink 1 up to <paramref name="radius"/> − ½ from it, falling to 0 at radius + ½.</summary>
    public readonly void Line((double X, double Y) from, (double X, double Y) to, double radius)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y;
        var square = dx * dx + dy * dy;
        var reach = radius + 0.5;
        int left = Pixel(Math.Min(from.X, to.X) - reach), right = Pixel(Math.Max(from.X, to.X) + reach);
        int top = Pixel(Math.Min(from.Y, to.Y) - reach), bottom = Pixel(Math.Max(from.Y, to.Y) + reach);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                double px = x - from.X, py = y - from.Y;
                var along = square > 0 ? Math.Clamp((px * dx + py * dy) / square, 0, 1) : 0;
                double ex = px - along * dx, ey = py - along * dy;
                var ink = Math.Clamp(reach - Math.Sqrt(ex * ex + ey * ey), 0, 1);
                ref var pixel = ref _ink[y * Size + x];
                pixel = Math.Max(pixel, ink);
            }
        }
    }

    /// <summary>Turns ink into bytes: background + ink · contrast + noise.</summary>
    public readonly void Develop(double background, double contrast, double noise, ref SplitMix64 random, Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            // The sum of two uniform values is close enough to a bell for the noise of a sensor.
            var grain = random.Between(-1, 1) + random.Between(-1, 1);
            pixels[i] = (byte)Math.Clamp(background + _ink[i] * contrast + noise * grain + 0.5, 0, 255);
        }
    }

    private static int Pixel(double position) => (int)Math.Clamp(position, 0, Size - 1);
}
