using System;
using System.Globalization;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>bench</c> says.</summary>
internal static class BenchText
{
    public static void Write(IAnsiConsole console, BenchResult result)
    {
        Columns.Write<OperatorBenchResult>(
            console, result.Operators,
            new("#", op => Text(op.Index, "n0"), true),
            new("operator", op => op.Name),
            new("input", op => Shapes.Of(op.InputShape)),
            new("output", op => Shapes.Of(op.OutputShape)),
            new("µs", op => Text(op.Microseconds, "n2"), true),
            new("share", op => Text(op.Share, "p1"), true),
            new("MACs", op => op.Macs == 0 ? "" : Text(op.Macs, "n0"), true),
            new("GMAC/s", op => op.Macs == 0 ? "" : Text(op.GigaMacs, "n1"), true),
            new("of ceiling", op => op.Macs == 0 ? "" : Text(op.OfCeiling, "p0"), true));
        console.WriteLine();
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Microseconds:n2} µs a run, {result.GigaMacs:n1} GMAC/s on one thread; the {result.Tile} tile reaches {result.CeilingGigaMacs:n1} here"));
    }

    private static string Text<T>(T value, string format)
        where T : IFormattable => value.ToString(format, CultureInfo.InvariantCulture);
}
