using System.Globalization;
using System.Linq;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>device probe</c> says.</summary>
internal static class DeviceProbeText
{
    public static void Write(IAnsiConsole console, DeviceProbeResult result)
    {
        double sum = result.Operators.Sum(op => (double)op.Ticks);
        Columns.Write<DeviceOperatorResult>(
            console, result.Operators,
            new("#", op => Text(op.Index), true),
            new("operator", op => op.Name ?? ""),
            new(result.TicksPerSecond == 0 ? "" : "µs", op => result.TicksPerSecond == 0 ? "" : Microseconds(op.Ticks, result.TicksPerSecond), true),
            new(result.TicksPerSecond == 0 ? "" : "share", op => sum == 0 ? "" : (op.Ticks / sum).ToString("p1", CultureInfo.InvariantCulture), true),
            new("smallest", op => Text(op.Smallest), true),
            new("largest", op => Text(op.Largest), true),
            new("hash", op => op.Hash),
            new(result.Equal is null ? "" : "here", op => op.Expected is null ? "" : op.Expected == op.Hash ? "equal" : op.Expected));
        if (result.Equal is { } equal)
            console.MarkupLine(equal
                ? "[green]equal[/]: the board computes this computer's bits"
                : $"[red]DIFFERENT[/]: first at operator {result.FirstDifference}, {Markup.Escape(result.Operators[result.FirstDifference!.Value].Name!)}");
    }

    /// <summary>Ticks as time.</summary>
    public static string Microseconds(uint ticks, uint ticksPerSecond) => (1e6 * ticks / ticksPerSecond).ToString("n1", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
