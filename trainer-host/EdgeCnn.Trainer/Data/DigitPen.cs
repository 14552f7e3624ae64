using System;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Data;

/// <summary>Draws one digit the way a hand would: a way of writing it, wobbly points, a pose, a pen, some dirt.</summary>
internal static class DigitPen
{
    private const double Wobble = 0.055;

    /// <summary>Draws <paramref name="digit"/> into <paramref name="pixels"/>.</summary>
    public static void Draw(int digit, SplitMix64 random, Span<byte> pixels)
    {
        var canvas = new DigitCanvas(stackalloc double[DigitCanvas.Size * DigitCanvas.Size]);
        var pose = new Pose(ref random);
        var radius = random.Between(0.7, 1.9);
        var ways = DigitStrokes.Of(digit);
        var points = ways[random.Below(ways.Length)].AsSpan();
        for (var start = 0; start < points.Length;)
        {
            var end = points[start..].IndexOf(DigitStrokes.PenUp);
            var stroke = end < 0 ? points[start..] : points.Slice(start, end);
            DrawStroke(canvas, stroke, pose, radius, ref random);
            start += stroke.Length + 1;
        }

        AddSpecks(canvas, ref random);
        canvas.Develop(random.Between(0, 50), random.Between(110, 220), random.Between(2, 22), ref random, pixels);
    }

    /// <summary>
    /// Draws a chain of quadratic curves: even points are on the line, odd ones are the control points between them.
    /// </summary>
    private static void DrawStroke(
        DigitCanvas canvas, ReadOnlySpan<(double X, double Y)> stroke, Pose pose, double radius, ref SplitMix64 random)
    {
        var from = Place(stroke[0], pose, ref random);
        for (var i = 2; i < stroke.Length; i += 2)
        {
            var control = Place(stroke[i - 1], pose, ref random);
            var to = Place(stroke[i], pose, ref random);
            canvas.Curve(from, control, to, radius * random.Between(0.9, 1.1));
            from = to;
        }
    }

    private static (double X, double Y) Place((double X, double Y) point, Pose pose, ref SplitMix64 random) =>
        pose.Apply(point.X + random.Between(-Wobble, Wobble), point.Y + random.Between(-Wobble, Wobble));

    private static void AddSpecks(DigitCanvas canvas, ref SplitMix64 random)
    {
        for (var speck = random.Below(4); speck > 0; speck--)
        {
            var from = (X: random.Between(0, DigitCanvas.Size), Y: random.Between(0, DigitCanvas.Size));
            var to = (from.X + random.Between(-3, 3), from.Y + random.Between(-3, 3));
            canvas.Line(from, to, random.Between(0.3, 0.9));
        }
    }

    /// <summary>Where the unit square (x right, y down, digits fill it) goes in the picture.</summary>
    private readonly struct Pose
    {
        private readonly double _xx, _xy, _yx, _yy, _x, _y;

        public Pose(ref SplitMix64 random)
        {
            // A rotation by 2·arctan(t) has rational sine and cosine, so it needs no function that machines compute differently.
            var t = random.Between(-0.2, 0.2);
            double cosine = (1 - t * t) / (1 + t * t), sine = 2 * t / (1 + t * t);
            double width = random.Between(9, 16), height = random.Between(14, 22), shear = random.Between(-0.35, 0.35);
            (_xx, _xy) = (cosine * width, (cosine * shear - sine) * height);
            (_yx, _yy) = (sine * width, (sine * shear + cosine) * height);
            const double center = (DigitCanvas.Size - 1) / 2.0;
            (_x, _y) = (center + random.Between(-3.5, 3.5), center + random.Between(-3, 3));
        }

        public (double X, double Y) Apply(double x, double y) =>
            (_x + _xx * (x - 0.5) + _xy * (y - 0.5), _y + _yx * (x - 0.5) + _yy * (y - 0.5));
    }
}
