using System;
using System.IO;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>What symbols are called in assembly text.</summary>
internal static class Names
{
    /// <summary>The sections of ilc's object that reach one routine each by a jump, because ilc's own calls cannot be far.</summary>
    internal const string Thunks = ".text.thunks";

    // What ilc calls for an operator of C#, and the processor has an instruction for.
    private static readonly (string End, string Text)[] s_instructions =
        [("System_Math__DivInt32", "sdiv r0, r0, r1"), ("System_Math__DivUInt32", "udiv r0, r0, r1")];

    /// <summary>A call, or the instruction that does the same.</summary>
    internal static string Call(string name) =>
        s_instructions.FirstOrDefault(one => name.EndsWith(one.End, StringComparison.Ordinal)).Text ?? $"bl {name}";

    /// <summary>The place <paramref name="addend"/> bytes behind a symbol; for a thunk, what it jumps to.</summary>
    internal static string Of(ElfObject elf, Symbol symbol, int addend)
    {
        if (symbol.Section != 0 && elf.Sections[symbol.Section].Name == Thunks)
        {
            if (symbol.Name.Length == 0) throw new InvalidDataException("a call into the middle of the thunks");
            return Quoted(elf.RelocationsOf(symbol.Section)[symbol.Value & ~1].Symbol.Name);
        }
        string name = symbol.Name.Length == 0 ? SectionLabel(symbol.Section) : Quoted(symbol.Name);
        return addend == 0 ? name : $"{name}+{addend}";
    }

    /// <summary>The label in front of a section's first byte.</summary>
    internal static string SectionLabel(int section) => $".Lsection{section}";

    /// <summary>A name that gas takes, whatever characters it has.</summary>
    internal static string Quoted(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '$') ? name : $"\"{name}\"";
}
