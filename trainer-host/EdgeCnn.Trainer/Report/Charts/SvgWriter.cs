using System;
using System.Globalization;
using System.Net;
using System.Text;

namespace EdgeCnn.Trainer.Report.Charts;

/// <summary>
/// Writes a picture as SVG for a page whose style sheet has its colors: elements have classes, not colors, so one picture serves a light
/// and a dark page.
/// </summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a picture that scales with its place.</summary>
    /// <param name="width">Width of its coordinates.</param>
    /// <param name="height">Height of its coordinates.</param>
    /// <param name="description">What it shows, for those who can't see it.</param>
    /// <param name="x">Where it stands in a picture of several; null: it is a picture of its own.</param>
    public SvgWriter(double width, double height, string description, double? x = null)
    {
        _text.Append("<svg class=\"chart\"");
        if (x is { } left)
            _text.Append(CultureInfo.InvariantCulture, $" x=\"{left}\" width=\"{width}\" height=\"{height}\"");
        Add($" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escape(description)}\">");
    }

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Add($"<line class=\"{style}\" x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\"/>");

    public void Rectangle(double x, double y, double width, double height, string style, double opacity = 1)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{x:0.##}\" y=\"{y:0.##}\"");
        Add($" width=\"{width:0.##}\" height=\"{height:0.##}\" opacity=\"{opacity:0.##}\"/>");
    }

    public void Circle(double x, double y, double radius, string style, string title) =>
        Add($"<circle class=\"{style}\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\"><title>{Escape(title)}</title></circle>");

    /// <summary>A line through points.</summary>
    public void Path(ReadOnlySpan<(double X, double Y)> points, string style)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\" d=\"");
        for (var i = 0; i < points.Length; i++)
            _text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{points[i].X:0.##} {points[i].Y:0.##}");
        Add($"\"/>");
    }

    /// <summary>A text.</summary>
    /// <param name="x">Where its anchor is.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="style">Class.</param>
    /// <param name="turn">Degrees that it is turned by, clockwise.</param>
    public void Text(double x, double y, string text, string anchor, string style = "label", double turn = 0)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<text class=\"{style}\" x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\"");
        if (turn != 0)
            _text.Append(CultureInfo.InvariantCulture, $" transform=\"rotate({turn} {x:0.##} {y:0.##})\"");
        Add($">{Escape(text)}</text>");
    }

    /// <summary>The whole picture.</summary>
    public override string ToString() => $"{_text}</svg>\n";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private void Add(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
