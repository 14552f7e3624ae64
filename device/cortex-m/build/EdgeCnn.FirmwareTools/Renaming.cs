using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// Puts numbers that RyuJIT holds in registers from 8 on into those from 0 to 7 that are free meanwhile: instructions that name only these
/// are mostly half as long. A number is followed from where it is made to its last use, as long as no other way leads there.
/// </summary>
internal sealed class Renaming
{
    private const int High = 1 << 8 | 1 << 9 | 1 << 10 | 1 << 12 | 1 << 14, LowRegisters = 8, Scratch = 0xF;
    private readonly List<Instruction> _code;
    private readonly Liveness _live;
    private readonly HashSet<int> _targets;
    private readonly int _usable;

    private Renaming(List<Instruction> code)
    {
        _code = code;
        _live = new Liveness(code);
        _targets = [.. code.Where(one => one.Branch is not null).Select(one => one.Target)];
        _usable = code.Where(one => one.TakesStack > 0).Aggregate(Scratch, (registers, one) => registers | Reads(one));
    }

    /// <summary>The instructions of a function with other registers.</summary>
    internal static List<Instruction> Renamed(List<Instruction> code)
    {
        var renaming = new Renaming([.. code]);
        for (int i = 0; i < code.Count; i++)
        {
            foreach (Operand made in renaming._code[i].Operands ?? [])
                if (made is { IsWritten: true, IsRead: false, IsFixed: false } && (High >> made.Register & 1) != 0)
                    renaming.Rename(i, made.Register);
        }
        return renaming._code;
    }

    private static int Reads(Instruction one) =>
        (one.Operands ?? []).Where(operand => operand.IsRead).Aggregate(0, (registers, operand) => registers | 1 << operand.Register);

    private static int Writes(Instruction one) =>
        (one.Operands ?? []).Where(operand => operand.IsWritten).Aggregate(0, (registers, operand) => registers | 1 << operand.Register);

    // A number that instruction i makes in a register.
    private void Rename(int i, int register)
    {
        int last = LastUse(i, register), bit = 1 << register;
        if (last <= i) return;
        int busy = Writes(_code[i]) | _live.Behind[i];
        for (int k = i + 1; k < last; k++) busy |= Writes(_code[k]) | _live.Behind[k];
        if (Changes(last, register)) busy |= Writes(_code[last]) | _live.Behind[last];
        int to = Preferred(i, last, register).FirstOrDefault(one => ((_usable & ~busy) >> one & 1) != 0, -1);
        if (to < 0) return;
        _code[i] = With(i, register, to, operand => operand.IsWritten);
        for (int k = i + 1; k <= last; k++) _code[k] = With(k, register, to, operand => operand.IsRead);
        for (int k = i; k < last; k++) _live.Behind[k] = _live.Behind[k] & ~bit | 1 << to;
        for (int k = i + 1; k <= last; k++) _live.Before[k] = _live.Before[k] & ~bit | 1 << to;
    }

    // Where a number is read last; −1 when another way leads there, or an instruction cannot name another register.
    private int LastUse(int made, int register)
    {
        int bit = 1 << register, last = made;
        while ((_live.Behind[last] & bit) != 0)
        {
            bool branches = _code[last].Branch is not null and not "bl";
            if (branches && (_live.Goal(last) < 0 || (_live.Before[_live.Goal(last)] & bit) != 0)) return -1;
            last++;
            if (last == _code.Count || _targets.Contains(_code[last].At) || _code[last].Operands is not Operand[] all) return -1;
            Operand[] named = [.. all.Where(one => one.Register == register)];
            if (named.Any(one => one.IsFixed)) return -1;
            // Another number in the same register is not this one.
            if (named.Any(one => one is { IsWritten: true, IsRead: false })) return last;
        }
        return last;
    }

    // Whether an instruction reads and writes a register in one field.
    private bool Changes(int i, int register) =>
        _code[i].Operands!.Any(one => one.Register == register && one is { IsRead: true, IsWritten: true });

    // Where a number comes from or goes to as it is, it may stay.
    private IEnumerable<int> Preferred(int made, int last, int register)
    {
        if (_code[made].Copies is (_, int from) && from < LowRegisters) yield return from;
        for (int k = made + 1; k <= last; k++)
            if (_code[k].Copies is (int to, int source) && source == register && to < LowRegisters) yield return to;
        for (int low = LowRegisters - 1; low >= 0; low--) yield return low;
    }

    private Instruction With(int i, int register, int to, Func<Operand, bool> isMeant)
    {
        Instruction one = _code[i];
        foreach (Operand operand in one.Operands!)
            if (operand.Register == register && !operand.IsFixed && isMeant(operand)) one = one.With(operand, to);
        return one;
    }
}
