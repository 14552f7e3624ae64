using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>Which registers hold a number that something asks for later (Aho, Lam, Sethi, Ullman, "Compilers", 9.2.5).</summary>
internal sealed class Liveness
{
    // What a way out of the function that is not known may ask for.
    private const int AllRegisters = 0xFFFF;

    private readonly List<Instruction> _code;
    private readonly Dictionary<int, int> _indices;

    /// <summary>Behind each instruction: bit n for register n.</summary>
    internal int[] Behind { get; }

    /// <summary>Before each instruction.</summary>
    internal int[] Before { get; }

    /// <summary>Follows the registers of a function.</summary>
    internal Liveness(List<Instruction> code)
    {
        _code = code;
        _indices = Enumerable.Range(0, code.Count).ToDictionary(i => code[i].At);
        Behind = new int[code.Count];
        Before = new int[code.Count];
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int i = code.Count - 1; i >= 0; i--)
            {
                int behind = After(i), before = (behind & ~Written(i)) | Read(i);
                changed |= behind != Behind[i] || before != Before[i];
                (Behind[i], Before[i]) = (behind, before);
            }
        }
    }

    /// <summary>Where a branch leads to in the function; −1: out of it, or it is no branch.</summary>
    internal int Goal(int i) =>
        _code[i].Branch is not null and not "bl" && _indices.TryGetValue(_code[i].Target, out int target) ? target : -1;

    private int After(int i)
    {
        Instruction one = _code[i];
        if (one.Returns) return 0;
        int goal = Goal(i), behind = 0;
        if (one.Branch is not null and not "bl") behind = goal >= 0 ? Before[goal] : AllRegisters;
        if (one.Branch != "b") behind |= i + 1 < _code.Count ? Before[i + 1] : AllRegisters;
        return behind;
    }

    private int Read(int i) => _code[i].Operands is Operand[] all
        ? all.Where(one => one.IsRead).Aggregate(0, (registers, one) => registers | 1 << one.Register)
        : AllRegisters;

    private int Written(int i) => _code[i].Operands is Operand[] all
        ? all.Where(one => one.IsWritten && !one.IsRead).Aggregate(0, (registers, one) => registers | 1 << one.Register)
        : 0;
}
