using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// Shorter instructions for what RyuJIT writes at length: a comparison with zero and its branch become <c>cbz</c> or <c>cbnz</c>; what
/// has a form of two bytes that sets flags takes it where nobody asks for them; the frame pointer is not set when nothing reads it.
/// </summary>
/// <param name="code">A function.</param>
/// <param name="targets">Where its branches lead.</param>
internal sealed class Shortening(List<Instruction> code, HashSet<int> targets)
{
    private const int FarthestCompareBranch = 126, LongestSearch = 64;
    private readonly Dictionary<int, int> _indices = Enumerable.Range(0, code.Count).ToDictionary(i => code[i].At);

    /// <summary>Adds what becomes of instructions, by offset, to what is known already; null: nothing is left of it.</summary>
    internal void AddTo(Dictionary<int, string?> replaced)
    {
        bool frameIsRead = code.Where(one => !SetsFrame(one)).Any(one => one.Touches(Instruction.FramePointer));
        for (int i = 0; i < code.Count; i++)
        {
            if (replaced.ContainsKey(code[i].At)) continue;
            if (!frameIsRead && SetsFrame(code[i])) replaced[code[i].At] = null;
            else if (code[i].Short is Instruction same) replaced[code[i].At] = same.ToString();
            else if (code[i].Narrow is Instruction narrow && FlagsAreFree(i + 1)) replaced[code[i].At] = narrow.ToString();
            else if (IsCompareAndBranch(i))
            {
                Instruction branch = code[i + 1];
                replaced[code[i].At] = null;
                string name = branch.Branch == "beq" ? "cbz" : "cbnz";
                replaced[branch.At] = $"{name} r{code[i].ComparesWithZero}, {Function.Label(branch.Target)}";
            }
        }
    }

    // mov fp, sp or add fp, sp, #n
    private static bool SetsFrame(Instruction one) =>
        one.First == 0x46EB || one.First is 0xF10D or 0xF20D && (one.Second & 0x8000) == 0 && one.MoveTo == Instruction.FramePointer;

    // Distances only shrink, so one that cbz reaches now it will reach.
    private bool IsCompareAndBranch(int i)
    {
        if (code[i].ComparesWithZero < 0 || i + 2 >= code.Count || code[i + 1].Branch is not ("beq" or "bne")) return false;
        Instruction branch = code[i + 1];
        int distance = branch.Target - (branch.At + 4);
        return distance >= 0 && distance <= FarthestCompareBranch && targets.Contains(branch.Target) && !targets.Contains(branch.At)
            && FlagsAreFree(i + 2) && FlagsAreFree(_indices[branch.Target]);
    }

    // Whether nothing from here on asks for the flags before they are set anew.
    private bool FlagsAreFree(int i)
    {
        for (int steps = 0; steps < LongestSearch && i < code.Count; steps++, i++)
        {
            Instruction one = code[i];
            if (one.ReadsFlags) return false;
            if (one.EndsFlags || one.Branch == "bl") return true;
            if (one.Branch is "cbz" or "cbnz") return false;
            if (one.Branch != "b") continue;
            if (!targets.Contains(one.Target)) return true;
            i = _indices[one.Target] - 1;
        }
        return false;
    }
}
