using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using static System.Buffers.Binary.BinaryPrimitives;

namespace EdgeCnn.FirmwareTools;

/// <summary>An object file of ilc as assembly text.</summary>
internal static class AssemblyText
{
    private const string Code = "__managedcode";

    // What a native library of .NET runs when it is loaded; it asks for more of .NET than there is here.
    private const string LibraryStartup = "__NativeLibraryStartup";

    // Without them: unwinding tables, the list of modules that only the start-up code of a native library reads, and the thunks, since
    // calls go straight to where they lead.
    private static readonly string[] s_data = [".rodata", ".data", ".bss"];

    /// <summary>All lines behind the choice of the instruction set.</summary>
    internal static IEnumerable<string> Of(ElfObject elf)
    {
        for (int i = 1; i < elf.Sections.Count; i++)
        {
            if (elf.Sections[i].Name == Code)
                foreach (string line in Functions(elf, i)) yield return line;
            if (s_data.Contains(elf.Sections[i].Name))
                foreach (string line in Data(elf, i)) yield return line;
        }
    }

    private static IEnumerable<string> Functions(ElfObject elf, int section)
    {
        ILookup<int, Symbol> starts = elf.Symbols.Where(s => s.IsFunction && s.Section == section).ToLookup(s => s.Value & ~1);
        Dictionary<int, string> names = starts.ToDictionary(start => start.Key, start => Names.Quoted(start.First().Name));
        var function = new Function(elf, section, names);
        foreach (IGrouping<int, Symbol> start in starts.OrderBy(start => start.Key))
        {
            yield return $".section .text.{names[start.Key]}, \"ax\", %progbits";
            yield return ".p2align 1";
            foreach (Symbol symbol in start)
            {
                string name = Names.Quoted(symbol.Name);
                yield return $".global {name}";
                if (symbol.IsHidden) yield return $".hidden {name}";
                yield return $".type {name}, %function";
                yield return ".thumb_func";
                yield return $"{name}:";
            }
            bool isNeverCalled = start.Any(symbol => symbol.Name.EndsWith(LibraryStartup, StringComparison.Ordinal));
            IEnumerable<string> lines = isNeverCalled ? ["bx lr"] : function.Lines(start.Key, start.Max(symbol => symbol.Size));
            foreach (string line in lines) yield return line;
            yield return $".size {names[start.Key]}, . - {names[start.Key]}";
        }
    }

    private static IEnumerable<string> Data(ElfObject elf, int section)
    {
        Section data = elf.Sections[section];
        ILookup<int, Symbol> starts = elf.Symbols.Where(s => s.Section == section && s.Name.Length > 0).ToLookup(s => s.Value);
        SortedDictionary<int, Relocation> relocations = elf.RelocationsOf(section);
        yield return $".section {data.Name}";
        yield return ".p2align 3";
        yield return $"{Names.SectionLabel(section)}:";
        for (int at = 0; at <= data.Bytes.Length; at++)
        {
            foreach (Symbol symbol in starts[at])
            {
                yield return $".global {Names.Quoted(symbol.Name)}";
                yield return $".hidden {Names.Quoted(symbol.Name)}";
                yield return $"{Names.Quoted(symbol.Name)}:";
            }
            if (at == data.Bytes.Length) break;
            if (relocations.TryGetValue(at, out Relocation? relocation))
            {
                string from = relocation.Type switch
                {
                    Relocation.Absolute32 => "",
                    Relocation.Relative32 => " - .",
                    _ => throw new InvalidDataException($"relocations of kind {relocation.Type} in {data.Name} are unknown"),
                };
                yield return $".word {Names.Of(elf, relocation.Symbol, ReadInt32LittleEndian(data.Bytes.AsSpan(at)))}{from}";
                at += 3;
            }
            else
                yield return data.Type == Section.NoBits ? ".space 1" : $".byte {data.Bytes[at]}";
        }
    }
}
