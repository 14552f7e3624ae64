using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// Branches that lead to branches go where these lead, and what nothing leads to any more is left out: RyuJIT leaves many, where a method
/// was inlined and returned.
/// </summary>
internal static class Threads
{
    /// <summary>The instructions of a function with its branches threaded.</summary>
    internal static List<Instruction> Threaded(List<Instruction> code)
    {
        int before;
        do
        {
            before = code.Count;
            code = Short(Reached(Led(code)));
        }
        while (code.Count < before);
        return code;
    }

    private static Dictionary<int, int> Indices(List<Instruction> code) => Enumerable.Range(0, code.Count).ToDictionary(i => code[i].At);

    // Each branch with its last target. A chain that is longer than the function is a circle.
    private static List<Instruction> Led(List<Instruction> code)
    {
        Dictionary<int, int> indices = Indices(code);
        return [.. code.Select(one =>
        {
            if (one.Branch is null or "bl") return one;
            for (int steps = 0; steps < code.Count; steps++)
            {
                if (!indices.TryGetValue(one.Target, out int target) || code[target].Branch != "b") break;
                one = one with { Goal = code[target].Target };
            }
            return one;
        })];
    }

    // Without what no way from the begin leads to.
    private static List<Instruction> Reached(List<Instruction> code)
    {
        Dictionary<int, int> indices = Indices(code);
        var reached = new bool[code.Count];
        Stack<int> open = new([0]);
        while (open.TryPop(out int i))
        {
            for (; i < code.Count && !reached[i]; i++)
            {
                reached[i] = true;
                if (code[i].Branch is not null and not "bl" && indices.TryGetValue(code[i].Target, out int target)) open.Push(target);
                if (code[i].Branch == "b" || code[i].Returns) break;
            }
        }
        return [.. code.Where((_, i) => reached[i])];
    }

    // Without branches to what stands behind them, and with one in place of a condition that leads around a branch.
    private static List<Instruction> Short(List<Instruction> code)
    {
        HashSet<int> targets = [.. code.Where(one => one.Branch is not null).Select(one => one.Target)];
        List<Instruction> kept = [];
        for (int i = 0; i < code.Count; i++)
        {
            Instruction one = code[i];
            if (i + 1 < code.Count && one.Branch == "b" && one.Target == code[i + 1].At && !targets.Contains(one.At)) continue;
            if (i + 2 < code.Count && one.Opposite is Instruction opposite && one.Target == code[i + 2].At
                && code[i + 1].Branch == "b" && !targets.Contains(code[i + 1].At))
            {
                kept.Add(opposite with { Goal = code[i + 1].Target });
                i++;
            }
            else
                kept.Add(one);
        }
        return kept;
    }
}
