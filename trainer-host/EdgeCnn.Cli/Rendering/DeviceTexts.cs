using System.Globalization;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What the other commands about boards say.</summary>
internal static class DeviceTexts
{
    public static void Write(IAnsiConsole console, DeviceRunResult result)
    {
        Columns.Write<OutputResult>(
            console, result.Outputs,
            new("image", output => output.Image.ToString(CultureInfo.InvariantCulture), true),
            new("output", output => output.Output),
            new("class", output => output.Class.ToString(CultureInfo.InvariantCulture), true),
            new("label", output => output.Label ?? ""),
            new("score", output => output.Score.ToString("f4", CultureInfo.InvariantCulture), true),
            new(result.TicksPerSecond == 0 ? "" : "µs", output => result.TicksPerSecond == 0
                ? ""
                : DeviceProbeText.Microseconds(result.Ticks[output.Image], result.TicksPerSecond), true));
    }

    public static void Write(IAnsiConsole console, DeviceSelfTestResult result) => console.MarkupLine(result.Passed
        ? $"[green]passed[/]: {result.Operators} operators give the expected bits"
        : $"[red]FAILED[/]: first difference at operator {result.FailedAt}; '{CommandLine.ToolName} device probe --model FILE' shows more");

    public static void Write(IAnsiConsole console, DeviceLearnResult result)
    {
        Facts.Write(
            console,
            ("board", result.Port),
            ("learned", $"{LearningText.Number(result.Steps)} samples; it knew {LearningText.Number(result.Right)} of them before"),
            ("delta", $"{result.Delta}, {LearningText.Number(result.DeltaBytes)} bytes"));
        if (result.Equal is { } equal)
            console.MarkupLine(equal ? "[green]equal[/]: this computer learned the same bits" : "[red]DIFFERENT[/]: this computer learned other bits");
    }

    public static void Write(IAnsiConsole console, DeviceDeltaResult result) => console.Profile.Out.Writer.WriteLine(result.Action switch
    {
        "read" => $"{result.Path}: {LearningText.Number(result.Bytes)} bytes that the board has learned",
        "save" => $"the board starts with {result.Path ?? "what it has learned"} from now on, {LearningText.Number(result.Bytes)} bytes",
        "apply" => $"{result.Path} is applied, {LearningText.Number(result.Bytes)} bytes; 'save' makes it last",
        _ => "the board runs the model as in its file, and starts so",
    });
}
