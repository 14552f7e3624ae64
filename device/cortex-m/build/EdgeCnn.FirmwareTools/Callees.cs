using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// Where calls through registers lead: an address that three instructions make (movw, movt, add pc) may be copied to another register, and
/// kept on the stack, on its way to a call. Known is what happened since the last place that a branch leads to.
/// </summary>
internal sealed class Callees
{
    private readonly List<Instruction> _code;
    private readonly Dictionary<int, int> _registers = [];
    private readonly Dictionary<int, int> _stack = [];

    /// <summary>By the index of a call or jump through a register: the index of the first instruction that makes its address.</summary>
    internal Dictionary<int, int> Addresses { get; } = [];

    /// <summary>By the index of an instruction that only copies such an address: the same.</summary>
    internal Dictionary<int, int> Copies { get; } = [];

    /// <summary>Whether it is known of each call and jump through a register where it leads.</summary>
    internal bool AreAll => Enumerable.Range(0, _code.Count).Where(i => IsIndirect(_code[i])).All(Addresses.ContainsKey);

    /// <summary>Finds them.</summary>
    /// <param name="code">A function.</param>
    /// <param name="targets">Where its branches lead.</param>
    internal Callees(List<Instruction> code, HashSet<int> targets)
    {
        _code = code;
        for (int i = 0; i < code.Count; i++)
        {
            Instruction one = code[i];
            if (targets.Contains(one.At))
            {
                _registers.Clear();
                _stack.Clear();
            }
            if (IsIndirect(one) && _registers.TryGetValue(one.CallsThrough >= 0 ? one.CallsThrough : one.JumpsThrough, out int address))
                Addresses[i] = address;
            Follow(i);
        }
    }

    /// <summary>Whether an address is made at an index: movw, movt, add pc.</summary>
    internal static bool IsAddress(List<Instruction> code, int i) =>
        i >= 0 && i + 2 < code.Count && code[i].IsMovw && code[i + 1].IsMovt && code[i + 2].AddsPcTo is int register && register >= 0
        && code[i].MoveTo == register && code[i + 1].MoveTo == register;

    private static bool IsIndirect(Instruction one) =>
        one.CallsThrough >= 0 || (one.JumpsThrough >= 0 && one.JumpsThrough != Instruction.LinkRegister);

    // What is held where behind an instruction.
    private void Follow(int i)
    {
        Instruction one = _code[i];
        if (IsAddress(_code, i - 2)) _registers[one.AddsPcTo] = i - 2;
        else if (one.Copies is (int to, int from)) Move(i, _registers, to, _registers, from);
        else if (one.StoresToStack) Move(i, _stack, one.StackOffset!.Value, _registers, one.StackRegister);
        else if (one.LoadsFromStack) Move(i, _registers, one.StackRegister, _stack, one.StackOffset!.Value);
        else
        {
            // What is given back before a jump are registers that are not scratch.
            int writes = one.UnwindsStack ? ~Instruction.ScratchRegisters : one.Writes;
            foreach (int register in _registers.Keys.Where(one => (writes >> one & 1) != 0).ToArray()) _registers.Remove(register);
            if (one.CallsThrough >= 0 || one.Branch == "bl" || one.TakesStack > 0 || one.UnwindsStack) _stack.Clear();
        }
    }

    private void Move(int i, Dictionary<int, int> to, int place, Dictionary<int, int> from, int fromPlace)
    {
        if (from.TryGetValue(fromPlace, out int address))
        {
            to[place] = address;
            Copies[i] = address;
        }
        else
            to.Remove(place);
    }
}
