using System;
using System.IO;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// One Thumb-2 instruction, decoded as far as moving code asks for (Armv7-M Architecture Reference Manual, A7.7): how long it is, where it
/// branches to, and the pieces of a call through a register.
/// </summary>
/// <param name="At">Offset in its section.</param>
/// <param name="First">First halfword.</param>
/// <param name="Second">Second halfword of a long one, else 0.</param>
/// <param name="Goal">For a branch: where it leads instead, as an offset in the section; −1: where it says.</param>
internal readonly partial record struct Instruction(int At, int First, int Second, int Goal = -1)
{
    private static readonly string[] s_conditions = ["eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le"];

    // stmdb sp!, {…} and ldmia sp!, {…}
    private const int PushMany = 0xE92D, PopMany = 0xE8BD;

    internal const int FramePointer = 11, StackPointer = 13, LinkRegister = 14;

    /// <summary>Bytes: 2 or 4.</summary>
    internal int Bytes => First >> 11 >= 0b11101 ? 4 : 2;

    internal bool IsMovw => (First & 0xFBF0) == 0xF240 && (Second & 0x8000) == 0;

    internal bool IsMovt => (First & 0xFBF0) == 0xF2C0 && (Second & 0x8000) == 0;

    /// <summary>The number of a movw or movt.</summary>
    internal int Immediate16 => (First & 15) << 12 | (First >> 10 & 1) << 11 | (Second >> 12 & 7) << 8 | (Second & 0xff);

    /// <summary>The register that a movw or movt writes.</summary>
    internal int MoveTo => Second >> 8 & 15;

    /// <summary>add register, pc: the register; else −1.</summary>
    internal int AddsPcTo => (First & 0xFF78) == 0x4478 ? (First & 7) | (First >> 4 & 8) : -1;

    /// <summary>blx register: the register; else −1.</summary>
    internal int CallsThrough => (First & 0xFF87) == 0x4780 ? First >> 3 & 15 : -1;

    /// <summary>bx register: the register; else −1.</summary>
    internal int JumpsThrough => (First & 0xFF87) == 0x4700 ? First >> 3 & 15 : -1;

    /// <summary>Whether it only gives back the stack: what stands between the address of a tail call and its jump.</summary>
    internal bool UnwindsStack =>
        (First & 0xFF80) == 0xB000                                  // add sp, #n
        || (First is 0xF10D or 0xF20D && MoveTo == StackPointer)    // add sp, sp, #n
        || (First & 0xFF00) == 0xBC00                               // pop {r0-r7}
        || (First == PopMany && (Second & 0x8000) == 0)              // ldmia sp!, {…}
        || (First == 0xF85D && (Second & 0x0FFF) == 0x0B04);        // ldr register, [sp], #4

    /// <summary>cmp register, #0: the register, 0 to 7; else −1.</summary>
    internal int ComparesWithZero => (First & 0xF8FF) == 0x2800 ? First >> 8 & 7 : -1;

    /// <summary>Whether it is the last one on its way through the function: a return, or a jump elsewhere.</summary>
    internal bool Returns =>
        JumpsThrough >= 0 || (First & 0xFF00) == 0xBD00 || (First == PopMany && (Second & 0x8000) != 0)
        || (First == 0xF85D && (Second & 0xFFFF) == 0xFB04);

    /// <summary>Whether it asks for the condition flags.</summary>
    internal bool ReadsFlags =>
        (Branch is { } name && name[0] == 'b' && name is not "b" and not "bl")
        || (First & 0xFFC0) is 0x4140 or 0x4180                             // adcs, sbcs
        || (First & 0xFBE0) is 0xEB40 or 0xF140 or 0xEB60 or 0xF160         // adc, sbc
        || ((First & 0xFFEF) == 0xEA4F && (Second & 0x70F0) == 0x0030);     // rrx

    /// <summary>Whether it sets all condition flags that a later instruction may ask for, or none is asked for behind it.</summary>
    internal bool EndsFlags =>
        (First >> 13 == 1 && (First >> 11 & 3) != 0) || (First & 0xFFC0) is 0x4280 or 0x42C0 || CallsThrough >= 0 || Returns;

    /// <summary>Whether it may read or write a register, apart from saving and restoring it; true when in doubt.</summary>
    internal bool Touches(int register)
    {
        if (Bytes == 2)
        {
            if ((First & 0xFC00) != 0x4400) return register < 8;
            return (First >> 3 & 15) == register || ((First & 7) | (First >> 4 & 8)) == register;
        }
        if (First is PushMany or PopMany || Branch is not null) return false;
        if (IsMovw || IsMovt) return MoveTo == register;
        return (First & 15) == register || Second >> 12 == register || (Second >> 8 & 15) == register || (Second & 15) == register;
    }

    /// <summary>What a branch is called (<c>b</c>, <c>beq</c>, <c>cbz r3,</c>), or null; its range is for the assembler to choose.</summary>
    internal string? Branch
    {
        get
        {
            if (First >> 12 == 0b1101 && (First >> 8 & 15) < 14) return $"b{s_conditions[First >> 8 & 15]}";
            if (First >> 11 == 0b11100) return "b";
            if ((First & 0xF500) == 0xB100) return $"{((First & 0x800) == 0 ? "cbz" : "cbnz")} r{First & 7},";
            if (First >> 11 != 0b11110) return null;
            return (Second & 0xD000) switch
            {
                0x9000 => "b",
                0xD000 => "bl",
                0x8000 when (First >> 6 & 15) < 14 => $"b{s_conditions[First >> 6 & 15]}",
                _ => null,
            };
        }
    }

    /// <summary>Where a branch goes, as an offset in the section.</summary>
    internal int Target
    {
        get
        {
            if (Goal >= 0) return Goal;
            int from = At + 4;
            if (First >> 12 == 0b1101) return from + 2 * (sbyte)First;
            if (First >> 11 == 0b11100) return from + (First << 21 >> 20);
            if ((First & 0xF500) == 0xB100) return from + (First >> 3 & 0x40 | First >> 2 & 0x3E);
            int sign = First >> 10 & 1, j1 = Second >> 13 & 1, j2 = Second >> 11 & 1, low = (Second & 0x7FF) << 1;
            if ((Second & 0xD000) == 0x8000) return from + (-sign << 20 | j2 << 19 | j1 << 18 | (First & 0x3F) << 12 | low);
            return from + (-sign << 24 | (1 ^ j1 ^ sign) << 23 | (1 ^ j2 ^ sign) << 22 | (First & 0x3FF) << 12 | low);
        }
    }

    /// <summary>The branch with the opposite condition; null when it has none.</summary>
    internal Instruction? Opposite => Branch is null or "b" or "bl" || Branch.StartsWith('c') ? null
        : this with { First = First ^ (Bytes == 2 ? 1 << 8 : 1 << 6) };

    /// <summary>The instruction for gas, as a number.</summary>
    public override string ToString() => Bytes == 2 ? $".inst.n 0x{First:x}" : $".inst.w 0x{First:x4}{Second:x4}";

    /// <summary>Reads the instruction at an offset.</summary>
    /// <exception cref="InvalidDataException">It depends on its place in a way that is not known here.</exception>
    internal static Instruction Read(ReadOnlySpan<byte> code, int at)
    {
        int first = code[at] | code[at + 1] << 8;
        var short_ = new Instruction(at, first, 0);
        Instruction read = short_.Bytes == 2 ? short_ : short_ with { Second = code[at + 2] | code[at + 3] << 8 };
        bool isIt = (first & 0xFF00) == 0xBF00 && (first & 15) != 0;
        bool isLiteral = (first & 0xF800) == 0x4800 || (first & 0xFE7F) == 0xF81F || (first & 0xFE7F) == 0xE85F;
        bool isAdr = (first & 0xF800) == 0xA000 || (first & 0xFB5F) == 0xF20F;
        bool isTable = (first & 0xFFF0) == 0xE8D0 && (read.Second & 0xFFE0) == 0xF000;
        if (isIt || isLiteral || isAdr || isTable)
            throw new InvalidDataException($"the instruction {first:x4} {read.Second:x4} at {at:x} cannot be moved");
        return read;
    }
}
