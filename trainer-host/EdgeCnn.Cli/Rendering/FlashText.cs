using System.Collections.Generic;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>flash</c> says.</summary>
internal static class FlashText
{
    public static void Write(IAnsiConsole console, FlashResult result)
    {
        List<(string, string)> facts = [("model", $"{result.ModelPath ?? "that of the other slot"}, {LearningText.Number(result.FileBytes)} bytes, {result.ModelId}")];
        if (result.Board is { } board)
        {
            facts.Add(("board", $"{board.Name}, {board.Port}"));
            if (result.ModelPath is not null) facts.Add(("sent", Sent(board)));
            facts.Add(("slot", $"{board.Slot}: {(board.Active ? "whole, and runs now" : "whole; the board runs the other one")}"));
        }
        foreach (FlashFileResult file in result.Files)
            facts.Add((file.Form, $"{file.Path}, {LearningText.Number(file.Bytes)} bytes{(file.Address is { } address ? $", for 0x{address:x8}" : "")}"));
        Facts.Write(console, [.. facts]);
    }

    private static string Sent(FlashBoardResult board) =>
        $"{LearningText.Number(board.SentBytes)} bytes{(board.ResumedBytes > 0 ? $"; {LearningText.Number(board.ResumedBytes)} were there" : "")}, "
        + $"{board.ErasedBlocks} blocks erased, {board.Repeats} requests repeated";
}
