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

    /// <summary>Whether what stands behind it is reached only by branches.</summary>
    internal bool Leaves => !IsLabel && (From.Returns || Text.StartsWith("b ", StringComparison.Ordinal));
}

/// <summary>
/// RyuJIT repeats what several ways through a function do last, from the results to the end that gives back the stack; here the later ones
/// branch to the first.
/// </summary>
internal static class Epilogues
{
    private const int BranchBytes = 2, Farthest = 2000;

    /// <summary>The lines with each end of a way once.</summary>
    internal static List<Line> Shared(List<Line> lines)
    {
        List<Line> shared = [];
        List<int> ends = [];
        foreach (Line line in lines)
        {
            shared.Add(line);
            if (!line.Leaves) continue;
            int bytes = BranchBytes, length = 0, first = 0;
            foreach (int end in ends)
            {
                int equal = Equal(shared, end);
                int equalBytes = shared[^equal..].Sum(one => one.From.Bytes);
                if (equalBytes <= bytes || line.From.At - shared[end].From.At > Farthest) continue;
                (bytes, length, first) = (equalBytes, equal, end - equal + 1);
            }
            if (length == 0)
            {
                ends.Add(shared.Count - 1);
                continue;
            }
            shared.RemoveRange(shared.Count - length, length);
            Line target = shared[first];
            string label = $".Lend{target.From.At:x}";
            if (first == 0 || shared[first - 1].Text != $"{label}:")
            {
                shared.Insert(first, new Line($"{label}:", target.From, IsLabel: true));
                for (int i = 0; i < ends.Count; i++)
                    if (ends[i] >= first) ends[i]++;
            }
            shared.Add(new Line($"b {label}", target.From));
        }
        return shared;
    }

    // How many lines up to the last one are those up to an end before.
    private static int Equal(List<Line> lines, int end)
    {
        int equal = 0;
        while (equal <= end && end < lines.Count - 1 - equal && !lines[end - equal].IsLabel
            && lines[end - equal].Text == lines[^(equal + 1)].Text)
            equal++;
        return equal;
    }
}
