using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using static System.Buffers.Binary.BinaryPrimitives;

namespace EdgeCnn.FirmwareTools;

/// <summary>A section of an object file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is (<c>sh_type</c>).</param>
/// <param name="Bytes">Its content; zeros when the file has none for it.</param>
/// <param name="Info">For relocations: the section that they change.</param>
internal sealed record Section(string Name, int Type, byte[] Bytes, int Info)
{
    internal const int Program = 1, NoBits = 8, Relocations = 9;
}

/// <summary>A name for a place.</summary>
/// <param name="Name">The name; empty for the symbol of a whole section.</param>
/// <param name="Section">The number of its section; 0 when it is defined elsewhere.</param>
/// <param name="Value">Offset in the section; bit 0 is set for code.</param>
/// <param name="Size">Bytes; 0 when unknown.</param>
/// <param name="IsFunction">Whether code begins there.</param>
/// <param name="IsHidden">Whether only the product itself uses it.</param>
internal sealed record Symbol(string Name, int Section, int Value, int Size, bool IsFunction, bool IsHidden);

/// <summary>A place that the linker fills in.</summary>
/// <param name="Offset">Where, in its section.</param>
/// <param name="Type">How (<c>R_ARM_…</c>).</param>
/// <param name="Symbol">With the address of what.</param>
internal sealed record Relocation(int Offset, int Type, Symbol Symbol)
{
    internal const int None = 0, Absolute32 = 2, Relative32 = 3, ThumbMovwPrel = 49, ThumbMovtPrel = 50;
}

/// <summary>A relocatable 32-bit little-endian object file (Tool Interface Standard ELF 1.2; ELF for the Arm Architecture).</summary>
internal sealed class ElfObject
{
    private const int SymbolTable = 2, SectionHeaderBytes = 40, SymbolBytes = 16, RelocationBytes = 8;
    private const int SectionSymbol = 3, FunctionSymbol = 2, HiddenSymbol = 2, FirstReserved = 0xff00;

    /// <summary>The sections; the first one is empty.</summary>
    internal List<Section> Sections { get; } = [];

    /// <summary>The symbols; the first one is empty.</summary>
    internal List<Symbol> Symbols { get; } = [];

    /// <summary>For each section, its relocations by offset.</summary>
    internal Dictionary<int, SortedDictionary<int, Relocation>> Relocations { get; } = [];

    /// <summary>Reads an object file.</summary>
    /// <exception cref="InvalidDataException">It is none for a 32-bit little-endian processor.</exception>
    internal static ElfObject Read(byte[] file)
    {
        if (file.Length < 52 || ReadUInt32BigEndian(file) != 0x7F454C46 || file[4] != 1 || file[5] != 1)
            throw new InvalidDataException("not an ELF object of 32 bits, little-endian");
        var elf = new ElfObject();
        int headers = Int32(file, 32), count = Int16(file, 48), names = Int16(file, 50);
        (int Name, int Type, int Offset, int Bytes, int Link, int Info)[] entries = new (int, int, int, int, int, int)[count];
        for (int i = 0; i < count; i++)
        {
            int at = headers + i * SectionHeaderBytes;
            entries[i] = (Int32(file, at), Int32(file, at + 4), Int32(file, at + 16), Int32(file, at + 20), Int32(file, at + 24),
                Int32(file, at + 28));
        }
        foreach ((int name, int type, int offset, int bytes, int _, int info) in entries)
        {
            byte[] content = type == Section.NoBits ? new byte[bytes] : file[offset..(offset + bytes)];
            elf.Sections.Add(new Section(Text(file, entries[names].Offset + name), type, content, info));
        }
        foreach ((int _, int type, int offset, int bytes, int link, int _) in entries)
            if (type == SymbolTable) elf.ReadSymbols(file, offset, bytes, entries[link].Offset);
        for (int i = 0; i < count; i++)
            if (entries[i].Type == Section.Relocations) elf.ReadRelocations(elf.Sections[i]);
        return elf;
    }

    /// <summary>The relocations of a section, by offset.</summary>
    internal SortedDictionary<int, Relocation> RelocationsOf(int section) => Relocations.TryGetValue(section, out var found) ? found : [];

    private void ReadSymbols(byte[] file, int offset, int bytes, int names)
    {
        for (int at = offset; at < offset + bytes; at += SymbolBytes)
        {
            int type = file[at + 12] & 15, section = Int16(file, at + 14);
            string name = type == SectionSymbol ? "" : Text(file, names + Int32(file, at));
            section = section >= FirstReserved ? 0 : section;
            Symbols.Add(new Symbol(
                name, section, Int32(file, at + 4), Int32(file, at + 8), type == FunctionSymbol, (file[at + 13] & 3) == HiddenSymbol));
        }
    }

    private void ReadRelocations(Section section)
    {
        SortedDictionary<int, Relocation> all = [];
        for (int at = 0; at < section.Bytes.Length; at += RelocationBytes)
        {
            int info = Int32(section.Bytes, at + 4), type = info & 0xff;
            int offset = Int32(section.Bytes, at);
            if (type != Relocation.None) all.Add(offset, new Relocation(offset, type, Symbols[info >>> 8]));
        }
        Relocations[section.Info] = all;
    }

    private static int Int32(byte[] bytes, int at) => ReadInt32LittleEndian(bytes.AsSpan(at));

    private static int Int16(byte[] bytes, int at) => ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static string Text(byte[] bytes, int at) => Encoding.UTF8.GetString(bytes, at, Array.IndexOf(bytes, (byte)0, at) - at);
}
