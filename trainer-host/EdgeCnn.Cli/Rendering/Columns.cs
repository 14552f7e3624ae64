using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Value">What it says of a row.</param>
/// <param name="IsNumber">Aligned to the right.</param>
internal sealed record Column<TRow>(string Title, Func<TRow, string> Value, bool IsNumber = false);

/// <summary>Tables without lines, which read well and are easy to cut apart; never wrapped, no blanks at the end of a line.</summary>
internal static class Columns
{
    private const string Gap = "  ";

    /// <summary>Writes a heading and a line per row.</summary>
    public static void Write<TRow>(IAnsiConsole console, IReadOnlyList<TRow> rows, params Column<TRow>[] columns)
    {
        string[][] cells = [.. columns.Select(column => (string[])[column.Title, .. rows.Select(column.Value)])];
        int[] widths = [.. cells.Select(column => column.Max(cell => cell.Length))];
        for (int line = 0; line <= rows.Count; line++)
        {
            string text = string.Join(Gap, columns.Select((column, i) =>
                column.IsNumber ? cells[i][line].PadLeft(widths[i]) : cells[i][line].PadRight(widths[i])));
            if (line == 0)
                console.Markup($"[bold]{Markup.Escape(text.TrimEnd())}[/]\n");
            else
                console.Profile.Out.Writer.WriteLine(text.TrimEnd());
        }
    }
}
