namespace EdgeCnn.FirmwareTools;

/// <summary>Which registers an instruction changes.</summary>
internal readonly partial record struct Instruction
{
    private const int AllRegisters = 0xFFFF, ProgramCounterOnly = 1 << 15;

    /// <summary>What a call may change: r0 to r3, ip and lr.</summary>
    internal const int ScratchRegisters = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 3 | 1 << 12 | 1 << 14;

    /// <summary>mov register, register: both; else null.</summary>
    internal (int To, int From)? Copies => (First & 0xFF00) == 0x4600 ? ((First & 7) | (First >> 4 & 8), First >> 3 & 15) : null;

    /// <summary>ldr register, [sp, #n]</summary>
    internal bool LoadsFromStack => (First & 0xF800) == 0x9800 || First == 0xF8DD;

    /// <summary>str register, [sp, #n]</summary>
    internal bool StoresToStack => (First & 0xF800) == 0x9000 || First == 0xF8CD;

    /// <summary>The register of a load or store of the stack.</summary>
    internal int StackRegister => Bytes == 2 ? First >> 8 & 7 : Second >> 12;

    /// <summary>Registers that may be another number behind it: bit n for register n.</summary>
    internal int Writes => CallsThrough >= 0 || Branch == "bl" ? ScratchRegisters
        : Branch is not null ? 0
        : Bytes == 2 ? ShortWrites
        : LongWrites;

    // Armv7-M Architecture Reference Manual, A5.2.
    private int ShortWrites => (First >> 11) switch
    {
        < 0b00100 => Low,
        0b00101 => 0,                                                                               // cmp
        < 0b01000 or 0b10011 or 0b10100 or 0b10101 => 1 << (First >> 8 & 7),
        0b01000 when (First & 0x400) == 0 => (First >> 6 & 15) is 8 or 10 or 11 ? 0 : Low,          // tst, cmp, cmn
        0b01000 => (First >> 8 & 3) switch { 0 or 2 => 1 << ((First & 7) | (First >> 4 & 8)), 1 => 0, _ => AllRegisters },
        0b01010 or 0b01011 => (First >> 9 & 7) < 3 ? 0 : Low,                                       // str, strh, strb
        0b01100 or 0b01110 or 0b10000 or 0b10010 => 0,
        0b01101 or 0b01111 or 0b10001 => Low,
        0b10110 when (First & 0xFF00) == 0xB200 => Low,
        0b10110 when (First & 0xF600) == 0xB400 || (First & 0xFF00) == 0xB000 => 0,
        _ => AllRegisters,
    };

    // A5.3.
    private int LongWrites
    {
        get
        {
            int high = 1 << (Second >> 8 & 15), low = 1 << (Second >> 12);
            bool writesBack = (First & 0x80) == 0 && (Second & 0x900) == 0x900;
            return (First >> 8) switch
            {
                0xE9 when (First & 0x60) == 0x40 && (First & 0x80) != 0 => (First & 0x10) != 0 ? high | low : 0,    // ldrd, strd
                0xEA or 0xEB or 0xFA => high & ~ProgramCounterOnly,
                0xFB => (First & 0x80) != 0 ? high | low : high,
                0xF8 or 0xF9 when !writesBack => (First & 0x10) != 0 ? low : 0,
                >= 0xF0 and < 0xF8 when (Second & 0x8000) == 0 => high & ~ProgramCounterOnly,
                _ => AllRegisters,
            };
        }
    }

    private int Low => 1 << (First & 7);
}
