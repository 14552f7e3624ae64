using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>A register that an instruction names, or uses without naming it.</summary>
/// <param name="Register">Its number.</param>
/// <param name="IsRead">Whether the instruction reads it.</param>
/// <param name="IsWritten">Whether the instruction writes it, always and all of it.</param>
/// <param name="Field">Where the instruction names it: the lowest bit of the field; else <see cref="Fixed"/>.</param>
/// <param name="Bits">Bits of the field.</param>
internal readonly record struct Operand(int Register, bool IsRead, bool IsWritten, int Field, int Bits = 4)
{
    /// <summary>There is no field, or it is one for several registers.</summary>
    internal const int Fixed = -1;

    /// <summary>The field of three bits at bit 0 with a fourth one at bit 7.</summary>
    internal const int Split = -2;

    /// <summary>Whether the instruction cannot name another register there.</summary>
    internal bool IsFixed => Field == Fixed;
}

/// <summary>Which registers an instruction names, and the same with others (Armv7-M Architecture Reference Manual, A5).</summary>
internal readonly partial record struct Instruction
{
    private const int Arguments = 0xF, Results = 0x3, Saved = 0xFF0;

    /// <summary>The registers; null when the instruction is not known that well.</summary>
    internal Operand[]? Operands => CallsThrough >= 0
        ? [new Operand(CallsThrough, true, false, 3), .. Reading(Arguments), .. Writing(ScratchRegisters)]
        : Branch == "bl" ? [.. Reading(Arguments), .. Writing(ScratchRegisters)]
        : JumpsThrough >= 0 ? [.. Reading(1 << JumpsThrough | (JumpsThrough == LinkRegister ? Results : Arguments) | Saved)]
        : Bytes == 2 ? ShortOperands
        : Branch is not null ? []
        : LongOperands;

    /// <summary>The instruction with another register in a field.</summary>
    internal Instruction With(Operand operand, int register)
    {
        int mask = (1 << operand.Bits) - 1;
        if (operand.Field == Operand.Split) return this with { First = First & ~0x87 | register & 7 | (register & 8) << 4 };
        if (Bytes == 2 || operand.Field >= 16)
        {
            int at = operand.Field & 15;
            return this with { First = First & ~(mask << at) | register << at };
        }
        return this with { Second = Second & ~(mask << operand.Field) | register << operand.Field };
    }

    private Operand[]? ShortOperands
    {
        get
        {
            Operand low = InShort(0), middle = InShort(3), high = InShort(6), wide = InShort(8);
            switch (First >> 11)
            {
                case < 0b00011: return [Read(middle), Written(low)];
                case 0b00011: return (First & 0x400) == 0 ? [Read(middle), Read(high), Written(low)] : [Read(middle), Written(low)];
                case 0b00100 or 0b10100 or 0b10101: return [Written(wide)];
                case 0b00101: return [Read(wide)];
                case 0b00110 or 0b00111: return [Changed(wide)];
                case 0b01000 when (First & 0x400) == 0:
                    return (First >> 6 & 15) switch
                    {
                        8 or 10 or 11 => [Read(middle), Read(low)],
                        9 or 15 => [Read(middle), Written(low)],
                        _ => [Read(middle), Changed(low)],
                    };
                case 0b01000:
                    var from = new Operand(First >> 3 & 15, true, false, 3);
                    var to = new Operand((First & 7) | (First >> 4 & 8), false, false, Operand.Split);
                    return (First >> 8 & 3) switch
                    {
                        0 => [from, Changed(to)],
                        1 => [from, Read(to)],
                        2 => [from, Written(to)],
                        _ => null,
                    };
                case 0b01010 or 0b01011: return [Read(middle), Read(high), (First >> 9 & 7) < 3 ? Read(low) : Written(low)];
                case 0b01100 or 0b01110 or 0b10000: return [Read(middle), Read(low)];
                case 0b01101 or 0b01111 or 0b10001: return [Read(middle), Written(low)];
                case 0b10010: return [Read(wide)];
                case 0b10011: return [Written(wide)];
                case 0b11010 or 0b11011 or 0b11100: return [];
            }
            if ((First & 0xFF00) == 0xB000) return [];
            if ((First & 0xFF00) == 0xB200) return [Read(middle), Written(low)];
            if ((First & 0xF500) == 0xB100) return [Read(low)];
            if ((First & 0xFE00) == 0xB400) return [.. Reading((First & 0xFF) | (First << 6 & LrBit))];
            return (First & 0xFE00) != 0xBC00 ? null
                : (First & 0x100) == 0 ? [.. Writing(First & 0xFF)]
                : [.. Writing(First & 0xFF), .. Reading((Results | Saved) & ~(First & 0xFF))];
        }
    }

    private Operand[]? LongOperands
    {
        get
        {
            Operand n = InLong(16), d = InLong(8), t = InLong(12), m = InLong(0);
            bool hasN = n.Register != 15, hasD = d.Register != 15, isLoad = (First & 0x10) != 0;
            if (First is PushMany) return [.. Reading(Second)];
            if (First is PopMany && (Second & PcBit) == 0) return [.. Writing(Second)];
            if (First is PopMany) return [.. Writing(Second & ~PcBit), .. Reading((Results | Saved) & ~Second)];
            if (IsMovt) return [Changed(d)];
            if (IsMovw) return [Written(d)];
            if ((First & 0xFE00) == 0xEA00 || ((First & 0xFA00) == 0xF000 && (Second & 0x8000) == 0))
            {
                List<Operand> all = [];
                if (hasN) all.Add(Read(n));
                if ((First & 0xFE00) == 0xEA00) all.Add(Read(m));
                if (hasD) all.Add(Written(d));
                return [.. all];
            }
            if ((First & 0xFB50) == 0xF200 && (Second & 0x8000) == 0 && hasN) return [Read(n), Written(d)];    // addw, subw
            if ((First & 0xFE40) == 0xE840 && (First & 0x120) == 0x100)                                        // ldrd, strd
                return isLoad ? [Read(n), Written(t), Written(d)] : [Read(n), Read(t), Read(d)];
            if ((First & 0xFE00) == 0xF800 && hasN && t.Register != 15)
            {
                bool isOffset = (First & 0x80) != 0 || (Second & 0xF00) == 0xC00, isIndexed = !isOffset && (Second & 0xFC0) == 0;
                if (!isOffset && !isIndexed) return null;
                Operand moved = isLoad ? Written(t) : Read(t);
                return isIndexed ? [Read(n), Read(m), moved] : [Read(n), moved];
            }
            if ((First & 0xFF80) == 0xFA00 && (Second & 0xF080) == 0xF080)                                     // sxtb and the like
                return hasN ? null : [Read(m), Written(d)];
            if ((First & 0xFF80) == 0xFA00 && (Second & 0xF0F0) == 0xF000) return [Read(n), Read(m), Written(d)];
            if ((First & 0xFFF0) == 0xFB00 && (Second & 0xE0) == 0)                                            // mul, mla, mls
                return t.Register == 15 ? [Read(n), Read(m), Written(d)] : [Read(n), Read(m), Read(t), Written(d)];
            return (First & 0xFFD0) == 0xFB80 && (Second & 0xF0) == 0                                          // smull, umull
                ? [Read(n), Read(m), Written(t), Written(d)]
                : null;
        }
    }

    private Operand InShort(int field) => new(First >> field & 7, false, false, field, 3);

    private Operand InLong(int field) => new((First << 16 | Second) >> field & 15, false, false, field);

    private static Operand Read(Operand one) => one with { IsRead = true };

    private static Operand Written(Operand one) => one with { IsWritten = true };

    private static Operand Changed(Operand one) => one with { IsRead = true, IsWritten = true };

    private static IEnumerable<Operand> Reading(int registers) =>
        Enumerable.Range(0, 16).Where(i => (registers >> i & 1) != 0).Select(i => new Operand(i, true, false, Operand.Fixed));

    private static IEnumerable<Operand> Writing(int registers) =>
        Enumerable.Range(0, 16).Where(i => (registers >> i & 1) != 0).Select(i => new Operand(i, false, true, Operand.Fixed));
}
