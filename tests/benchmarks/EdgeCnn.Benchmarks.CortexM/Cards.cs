using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Benchmarks.CortexM.Measuring;
using EdgeCnn.Tests;

namespace EdgeCnn.Benchmarks.CortexM;

/// <summary>Writes what a model takes on a Cortex-M4 and on a Cortex-M55 into its card, between two marks.</summary>
internal static class Cards
{
    private const string Begin = "<!-- cortex-m -->", End = "<!-- /cortex-m -->";

    private static readonly IReadOnlyList<Board> s_boards = [.. Board.All.Where(board => board.Processor is "M4" or "M55")];

    /// <summary>Measures every model under models/.</summary>
    internal static void Write(InstructionCounter counter)
    {
        foreach (string folder in Directory.GetDirectories(Path.Combine(Repository.Root, "models")).Order(StringComparer.Ordinal))
        {
            string card = Path.Combine(folder, "card.md");
            if (!File.Exists(card)) continue;
            File.WriteAllText(card, WithSection(File.ReadAllText(card), Section(counter, folder)));
            Console.WriteLine(Path.GetRelativePath(Repository.Root, card));
        }
    }

    private static string WithSection(string card, string section)
    {
        int begin = card.IndexOf(Begin, StringComparison.Ordinal), end = card.IndexOf(End, StringComparison.Ordinal);
        return begin < 0 ? $"{card.TrimEnd()}\n\n{section}\n" : $"{card[..begin]}{section}{card[(end + End.Length)..]}";
    }

    private static string Section(InstructionCounter counter, string folder)
    {
        var lines = new List<string>
        {
            Begin,
            "## On a Cortex-M",
            "",
            "Executed instructions of an inference on emulated boards, program and read-only data of the self-test firmware,",
            "the model excluded, and RAM: `dotnet run -c Release --project tests/benchmarks/EdgeCnn.Benchmarks.CortexM -- --cards`.",
            "",
            "| model | processor | instructions | text, bytes | arena, bytes | stack, bytes |",
            "|---|---|---:|---:|---:|---:|",
        };
        foreach (string file in Directory.GetFiles(folder, "model*.ecnn").Order(StringComparer.Ordinal).Reverse())
        {
            byte[] model = File.ReadAllBytes(file);
            foreach (Board board in s_boards)
            {
                Measurement one = Measurement.Of(counter, board.Machine, model, input: null);
                lines.Add(
                    $"| {Path.GetFileName(file)} | {board} | {one.Instructions:n0} | {one.TextBytes:n0} | {one.ArenaBytes:n0} "
                    + $"| {one.StackBytes:n0} |");
            }
        }
        lines.Add(End);
        return string.Join('\n', lines);
    }
}
