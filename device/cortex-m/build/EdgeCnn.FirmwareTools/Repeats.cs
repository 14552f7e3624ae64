using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// Leaves out what a register holds already: RyuJIT copies arguments to registers that survive calls, and back where they were; and it loads
/// from the stack what it has just stored there. Known is what happened since the last place that a branch leads to.
/// </summary>
/// <param name="code">A function.</param>
/// <param name="targets">Where its branches lead.</param>
internal sealed class Repeats(List<Instruction> code, HashSet<int> targets)
{
    private const int Registers = 16;

    // A number for each value that is told apart, by register and by place on the stack.
    private readonly int[] _held = new int[Registers];
    private readonly Dictionary<int, int> _stored = [];
    private int _values;

    /// <summary>Adds instructions that change nothing to what becomes of instructions.</summary>
    internal void AddTo(Dictionary<int, string?> replaced)
    {
        // Through an address on the stack anything may be stored there.
        bool knowsStack = !code.Any(one => one.StackOffset is not null && !one.LoadsFromStack && !one.StoresToStack);
        Forget((1 << Registers) - 1);
        foreach (Instruction one in code)
        {
            if (targets.Contains(one.At))
            {
                Forget((1 << Registers) - 1);
                _stored.Clear();
            }
            if (one.Copies is (int to, int from) && to != Instruction.StackPointer && from != Instruction.StackPointer)
                Hold(one, to, _held[from], replaced);
            else if (knowsStack && one.LoadsFromStack)
                Hold(one, one.StackRegister, Stored(one.StackOffset!.Value), replaced);
            else if (one.StoresToStack)
                _stored[one.StackOffset!.Value] = _held[one.StackRegister];
            else
            {
                Forget(one.Writes);
                // What is called may use its arguments' places, and what is taken from the stack moves the others.
                if (one.CallsThrough >= 0 || one.Branch == "bl" || one.TakesStack > 0 || one.UnwindsStack) _stored.Clear();
            }
        }
    }

    private void Hold(Instruction one, int register, int value, Dictionary<int, string?> replaced)
    {
        if (_held[register] == value && !replaced.ContainsKey(one.At)) replaced[one.At] = null;
        _held[register] = value;
    }

    private int Stored(int place)
    {
        if (!_stored.TryGetValue(place, out int value)) _stored[place] = value = ++_values;
        return value;
    }

    private void Forget(int registers)
    {
        for (int i = 0; i < Registers; i++)
            if ((registers >> i & 1) != 0) _held[i] = ++_values;
    }
}
