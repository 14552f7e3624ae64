using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;

namespace EdgeCnn.Trainer.Report.Page;

/// <summary>A page that needs nothing but itself: no network, no font, no script of others.</summary>
internal static class Html
{
    private const string StyleSheet = "page.css";

    /// <summary>A whole document.</summary>
    /// <param name="title">Its title, as text.</param>
    /// <param name="body">What <c>main</c> holds, as HTML.</param>
    /// <param name="script">A script at its end, or nothing.</param>
    public static string Document(string title, string body, string script = "") =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="icon" href="data:,">
        <title>{Escape(title)}</title>
        <style>
        {Resource(StyleSheet)}</style>
        </head>
        <body>
        <main>
        {body}</main>
        {(script.Length > 0 ? $"<script>\n{script}</script>\n" : "")}</body>
        </html>

        """;

    /// <summary>A text as HTML.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A box with a heading.</summary>
    /// <param name="heading">The heading, as text.</param>
    /// <param name="content">What the box holds, as HTML.</param>
    /// <param name="width">Its class in the style sheet: "wide" fills the row, "double" has two places in it.</param>
    public static string Section(string heading, string content, string width = "") =>
        $"<section{(width.Length > 0 ? $" class=\"{width}\"" : "")}>\n"
        + $"{(heading.Length > 0 ? $"<h2>{Escape(heading)}</h2>\n" : "")}{content}</section>\n";

    /// <summary>Names and what there is to say of them, side by side.</summary>
    public static string Facts(params (string Name, string Value)[] facts)
    {
        var list = new StringBuilder("<dl class=\"facts\">\n");
        foreach (var (name, value) in facts)
            list.Append(CultureInfo.InvariantCulture, $"<div><dt>{Escape(name)}</dt><dd>{Escape(value)}</dd></div>\n");
        return list.Append("</dl>\n").ToString();
    }

    /// <summary>The part of the style sheet that charts need: the colors, in front, and what is said of charts.</summary>
    public static string ChartStyles()
    {
        var lines = Resource(StyleSheet).Split('\n');
        var colors = lines.TakeWhile(line => !line.StartsWith('*'));
        return string.Join('\n', colors.Concat(lines.Where(line => line.StartsWith(".chart", StringComparison.Ordinal)))) + "\n";
    }

    /// <summary>A text file that lies beside this source.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(Html).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
