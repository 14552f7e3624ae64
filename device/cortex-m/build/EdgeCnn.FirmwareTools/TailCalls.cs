using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// A last call as a call and a return. RyuJIT gives back the stack and jumps, eight bytes or more at each of a function's last calls;
/// <c>bl</c> and the end that the function shares are six at the most.
/// </summary>
/// <param name="code">A function.</param>
internal sealed class TailCalls(List<Instruction> code)
{
    /// <summary>The lines with calls in place of jumps.</summary>
    internal List<Line> Called(List<Line> lines)
    {
        if (MayHaveArgumentsOnStack()) return lines;
        List<Line> called = [];
        for (int i = 0; i < lines.Count; i++)
        {
            int jump = i;
            while (jump < lines.Count && !lines[jump].IsLabel && lines[jump].From is { UnwindsStack: true, Returns: false }) jump++;
            if (jump == i || jump == lines.Count || !IsJumpAway(lines[jump]) || lines[jump - 1].From.Returning is not Instruction last)
            {
                called.Add(lines[i]);
                continue;
            }
            Instruction call = Instruction.Call with { At = lines[jump].From.At };
            called.Add(new Line($"bl {lines[jump].Text[2..]}", call));
            bool popsOne = jump - i == 2 && lines[i].From.First == Instruction.GiveBackOneWord && last.First == Instruction.PopPc;
            if (popsOne)
                called.Add(Line.Of(Instruction.PopWordAndPc with { At = last.At }));
            else
            {
                called.AddRange(lines[i..(jump - 1)]);
                called.Add(Line.Of(last));
            }
            i = jump;
        }
        return called;
    }

    private static bool IsJumpAway(Line line) =>
        line.Text.StartsWith("b ", StringComparison.Ordinal) && !line.Text.StartsWith("b .L", StringComparison.Ordinal);

    // A last call passes arguments on the stack only where the function's own were: above its frame.
    private bool MayHaveArgumentsOnStack()
    {
        int frame = code.Sum(one => one.TakesStack);
        return code.Any(one => one.StackOffset is int offset && (offset < 0 || offset >= frame));
    }
}
