using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// One function of a <c>__managedcode</c> section as assembly text. ilc loads the address of whatever it calls into a register (movw, movt,
/// add pc, blx: 12 bytes, four instructions); here it becomes <c>bl</c> (4 bytes, one), and branches become as short as they can be.
/// </summary>
/// <param name="elf">The object file.</param>
/// <param name="section">Number of the section.</param>
/// <param name="names">The name of what is at an offset of the section.</param>
internal sealed class Function(ElfObject elf, int section, IReadOnlyDictionary<int, string> names)
{
    private readonly SortedDictionary<int, Relocation> _relocations = elf.RelocationsOf(section);

    /// <summary>The lines of a function.</summary>
    /// <param name="at">Where it begins.</param>
    /// <param name="bytes">How long it is.</param>
    internal IEnumerable<string> Lines(int at, int bytes)
    {
        List<Instruction> code = [];
        for (int next = at; next < at + bytes; next += code[^1].Bytes) code.Add(Instruction.Read(elf.Sections[section].Bytes, next));
        code = Renaming.Renamed(Threads.Threaded(code));
        HashSet<int> targets = [.. code.Where(i => i.Branch is not null && i.Target >= at && i.Target < at + bytes).Select(i => i.Target)];
        Dictionary<int, string?> replaced = Calls(code, targets);
        new Repeats(code, targets).AddTo(replaced);
        new Shortening(code, targets).AddTo(replaced);
        List<Line> lines = [];
        foreach (Instruction one in code)
        {
            if (targets.Contains(one.At)) lines.Add(new Line(Label(one.At) + ":", one, IsLabel: true));
            if (replaced.TryGetValue(one.At, out string? text))
            {
                if (text is not null) lines.Add(new Line(text, one));
            }
            else if (one.Branch is string branch)
                lines.Add(new Line(targets.Contains(one.Target) ? $"{branch} {Label(one.Target)}" : Leaving(branch, one.Target), one));
            else if (one.AddsPcTo >= 0 || _relocations.ContainsKey(one.At))
                throw new InvalidDataException($"an address at {one.At:x} is not made by movw, movt, add pc");
            else
                lines.Add(Line.Of(one));
        }
        return Epilogues.Shared(SavedRegisters.Shortened(new TailCalls(code).Called(lines))).Select(line => line.Text);
    }

    // What becomes of instructions that make or use an address, by offset; null: nothing is left of it.
    private Dictionary<int, string?> Calls(List<Instruction> code, HashSet<int> targets)
    {
        var callees = new Callees(code, targets);
        ILookup<int, int> uses = callees.Addresses.ToLookup(entry => entry.Value, entry => entry.Key);
        Dictionary<int, string?> replaced = [];
        for (int i = 0; i < code.Count; i++)
        {
            if (!Callees.IsAddress(code, i)) continue;
            if (targets.Contains(code[i + 1].At) || targets.Contains(code[i + 2].At))
                throw new InvalidDataException($"a branch into the address at {code[i].At:x}");
            string target = TargetOf(code[i], code[i + 1], code[i + 2]);
            int register = code[i].MoveTo;
            // While it is not known of every call through a register where it leads, an address may be for one of these.
            bool isForCalls = uses.Contains(i) && callees.AreAll;
            replaced[code[i].At] = isForCalls ? null : $"movw r{register}, #:lower16:{target}";
            replaced[code[i + 1].At] = isForCalls ? null : $"movt r{register}, #:upper16:{target}";
            replaced[code[i + 2].At] = null;
            foreach (int use in uses[i])
                replaced[code[use].At] = code[use].CallsThrough >= 0 ? Names.Call(target) : $"b {target}";
        }
        foreach ((int copy, int address) in callees.Copies)
            if (uses.Contains(address) && callees.AreAll) replaced[code[copy].At] = null;
        return replaced;
    }

    private string TargetOf(Instruction low, Instruction high, Instruction add)
    {
        if (_relocations.TryGetValue(low.At, out Relocation? relocation))
        {
            if (relocation.Type != Relocation.ThumbMovwPrel || _relocations[high.At].Type != Relocation.ThumbMovtPrel)
                throw new InvalidDataException($"an unknown kind of relocation at {low.At:x}");
            int addend = (short)low.Immediate16 + (add.At + 4 - low.At);
            return Names.Of(elf, relocation.Symbol, addend);
        }
        return names[(add.At + 4 + (high.Immediate16 << 16 | low.Immediate16)) & ~1];
    }

    private string Leaving(string branch, int target) => branch == "bl" ? Names.Call(names[target]) : $"{branch} {names[target]}";

    internal static string Label(int at) => $".L{at:x}";
}
