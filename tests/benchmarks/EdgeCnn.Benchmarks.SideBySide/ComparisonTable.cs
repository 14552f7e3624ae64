using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace EdgeCnn.Benchmarks.SideBySide;

/// <summary>Results as a Markdown table: medians, minima in brackets.</summary>
internal static class ComparisonTable
{
    private static readonly (string Title, Func<ComparisonResult, string> Cell)[] s_columns =
    [
        ("model", result => result.Model),
        ("MACs", result => Text($"{result.Macs:n0}")),
        ("EdgeCnn µs", result => Text(result.Microseconds)),
        ("ONNX Runtime float32 µs", result => Text(result.Fastest(isInteger: false).Microseconds)),
        ("ONNX Runtime int8 µs", result => Text(result.Fastest(isInteger: true).Microseconds)),
        ("EdgeCnn is faster by", result => Text($"{result.Ratio:n2} ×")),
    ];

    /// <summary>Writes a heading, a line per result with numbers to the right, and what they were measured with.</summary>
    public static void Write(TextWriter output, string version, IReadOnlyList<ComparisonResult> results)
    {
        string[][] lines =
        [
            [.. s_columns.Select(column => column.Title)],
            .. results.Select(result => s_columns.Select(column => column.Cell(result)).ToArray()),
        ];
        int[] widths = [.. s_columns.Select((_, i) => lines.Max(line => line[i].Length))];
        for (int i = 0; i < lines.Length; i++)
        {
            output.WriteLine(Line(lines[i].Select((cell, k) => k == 0 ? cell.PadRight(widths[k]) : cell.PadLeft(widths[k]))));
            if (i == 0) output.WriteLine(Line(widths.Select((width, k) => new string('-', width - 1) + (k == 0 ? '-' : ':'))));
        }
        string tiles = string.Join(", ", results.Select(result => result.Tile).Distinct());
        output.WriteLine($"\none thread each; medians, minima in brackets; ONNX Runtime {version}, EdgeCnn's tile: {tiles}");
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Text(RunTime time) => Text($"{time.Median:n1} ({time.Minimum:n1})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
