using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeCnn.Trainer.Report.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">Its points, from left to right; those that are no numbers are left out.</param>
public sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Curves over epochs or steps, as SVG.</summary>
/// <param name="title">What it shows.</param>
/// <param name="percent">Whether the values are shares, to be shown in percent.</param>
/// <param name="unit">What x counts.</param>
public sealed class LineChart(string title, bool percent = false, string unit = "epoch")
{
    /// <summary>Size of a chart.</summary>
    public const double Width = 360, Height = 220;

    private const double Left = 50, Right = 10, Top = 22, Bottom = 38;
    private const int MostDots = 40, Ticks = 5;

    /// <summary>What it shows.</summary>
    public string Title => title;

    /// <summary>Where it stands in a picture of several, with its title; null: it is a picture of its own, whose title is elsewhere.</summary>
    public double? Place { get; init; }

    /// <summary>The picture; one series alone needs no legend.</summary>
    public string Draw(params IReadOnlyList<Series> series)
    {
        var svg = new SvgWriter(Width, Height, title, Place);
        if (Place is not null)
            svg.Text(Left, 12, title, "start", "label title");
        var lines = series.Select(line => line.Points.Where(point => double.IsFinite(point.Y)).ToArray()).ToArray();
        var all = lines.SelectMany(points => points).DefaultIfEmpty((1, 0)).ToArray();
        var x = new Axis(all.Min(point => point.X), all.Max(point => point.X), Ticks, whole: true);
        var y = percent
            ? new Axis(all.Min(point => point.Y) * 100, 100, Ticks)
            : new Axis(Math.Min(0, all.Min(point => point.Y)), all.Max(point => point.Y), Ticks);
        DrawAxes(svg, x, y);
        for (var i = 0; i < lines.Length; i++)
            DrawLine(svg, lines[i], i, x, y);
        DrawLegend(svg, series);
        return svg.ToString();
    }

    private static double X(Axis axis, double value) => Left + axis.Place(value) * (Width - Left - Right);

    private static double Y(Axis axis, double value) => Height - Bottom - axis.Place(value) * (Height - Top - Bottom);

    private void DrawAxes(SvgWriter svg, Axis x, Axis y)
    {
        foreach (var tick in y.Ticks)
        {
            svg.Line(Left, Y(y, tick), Width - Right, Y(y, tick), "grid");
            var text = tick.ToString($"f{y.Digits}", CultureInfo.InvariantCulture);
            svg.Text(Left - 6, Y(y, tick) + 4, percent ? text + " %" : text, "end");
        }

        foreach (var tick in x.Ticks)
        {
            svg.Line(X(x, tick), Height - Bottom, X(x, tick), Height - Bottom + 4, "axis");
            svg.Text(X(x, tick), Height - Bottom + 17, tick.ToString("f0", CultureInfo.InvariantCulture), "middle");
        }

        svg.Line(Left, Height - Bottom, Width - Right, Height - Bottom, "axis");
        svg.Text((Left + Width - Right) / 2, Height - 5, unit, "middle");
    }

    private void DrawLine(SvgWriter svg, (double X, double Y)[] points, int number, Axis x, Axis y)
    {
        var scale = percent ? 100 : 1;
        if (points.Length > 1)
            svg.Path([.. points.Select(point => (X(x, point.X), Y(y, point.Y * scale)))], $"line series{number}");
        foreach (var point in points.Length <= MostDots ? points : [])
        {
            var value = string.Create(CultureInfo.InvariantCulture, $"{unit} {point.X:0.##}: {point.Y * scale:g5}{(percent ? " %" : "")}");
            svg.Circle(X(x, point.X), Y(y, point.Y * scale), 2.5, $"dot series{number}", value);
        }
    }

    private static void DrawLegend(SvgWriter svg, IReadOnlyList<Series> series)
    {
        const double LetterWidth = 7, Mark = 18, Gap = 14;
        var place = Width - Right;
        for (var i = series.Count - 1; i >= 0 && series.Count > 1; i--)
        {
            svg.Text(place, 12, series[i].Name, "end");
            place -= series[i].Name.Length * LetterWidth + Mark;
            svg.Line(place, 8, place + Mark - 5, 8, $"line series{i}");
            place -= Gap;
        }
    }
}
