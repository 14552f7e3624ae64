using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>A line of assembly text.</summary>
/// <param name="Text">The text.</param>
/// <param name="From">The instruction that it is, or stands in front of.</param>
/// <param name="IsLabel">Whether it is a label.</param>
internal readonly record struct Line(string Text, Instruction From, bool IsLabel = false)
{
    /// <summary>The line of an instruction as it is.</summary>
    internal static Line Of(Instruction one) => new(one.ToString(), one);
}

/// <summary>
/// RyuJIT repeats the end of a function, which gives back the stack, at every return; here the later ones branch to the first.
/// </summary>
internal static class Epilogues
{
    private const int BranchBytes = 2, Farthest = 2000;

    /// <summary>The lines with each end of the function once.</summary>
    internal static IEnumerable<string> Shared(List<Line> lines)
    {
        Dictionary<string, int> firsts = [];
        Dictionary<int, string> labels = [];
        Dictionary<int, (int End, int First)> later = [];
        for (int i = 0; i < lines.Count; i++)
        {
            int end = EndOf(lines, i);
            if (end < 0) continue;
            string text = string.Join('\n', lines[i..end].Select(line => line.Text));
            if (lines[i..end].Sum(line => line.From.Bytes) <= BranchBytes) continue;
            if (firsts.TryGetValue(text, out int first) && lines[i].From.At - lines[first].From.At < Farthest)
            {
                later[i] = (end, first);
                labels[first] = $".Lend{lines[first].From.At:x}";
            }
            else
                firsts[text] = i;
            i = end - 1;
        }
        for (int i = 0; i < lines.Count; i++)
        {
            if (labels.TryGetValue(i, out string? label)) yield return $"{label}:";
            if (later.TryGetValue(i, out (int End, int First) shared))
            {
                yield return $"b {labels[shared.First]}";
                i = shared.End - 1;
            }
            else
                yield return lines[i].Text;
        }
    }

    // The line behind the end of the function that begins here; −1 when none does.
    private static int EndOf(List<Line> lines, int i)
    {
        int last = i;
        while (last < lines.Count && !lines[last].IsLabel && lines[last].From.UnwindsStack && !lines[last].From.Returns) last++;
        if (last == lines.Count || lines[last].IsLabel) return -1;
        bool isJump = lines[last].Text.StartsWith("b ", StringComparison.Ordinal);
        bool isTailCall = isJump && !lines[last].Text.StartsWith("b .L", StringComparison.Ordinal);
        return isTailCall || lines[last].From.Returns ? last + 1 : -1;
    }
}
