namespace EdgeCnn.FirmwareTools;

/// <summary>Instructions of four bytes in two (Armv7-M Architecture Reference Manual, A7.7): most have one for registers 0 to 7.</summary>
internal readonly partial record struct Instruction
{
    private int N => First & 15;

    private int D => Second >> 8 & 15;

    private int T => Second >> 12 & 15;

    private int M => Second & 15;

    /// <summary>The same instruction in two bytes; null when there is none.</summary>
    internal Instruction? Short
    {
        get
        {
            if (Bytes == 2) return null;
            int at = Second & 0xFFF;
            if (T < 8 && N == StackPointer && First is 0xF8DD or 0xF8CD && (at & 3) == 0 && at < 1024)
                return Two((First == 0xF8DD ? 0x9800 : 0x9000) | T << 8 | at >> 2);                     // ldr, str of the stack
            if ((First & 0xFE00) == 0xF800 && (N | T) < 8)
                return (First & 0x80) != 0 ? Offset(at) : (Second & 0xFF8) == 0 ? Indexed : null;
            bool isPlain = (Second & 0x70F0) == 0;
            if (isPlain && (First & 0xFFF0) == 0xEB00 && (N == D || M == D) && D != 15 && M != 15 && N != 15)
                return Two(0x4400 | (N == D ? M : N) << 3 | D & 7 | (D & 8) << 4);                      // add
            if (isPlain && First == 0xEA4F && M != 15 && D != 15) return Two(0x4600 | M << 3 | D & 7 | (D & 8) << 4);       // mov
            if (isPlain && (First & 0xFFF0) == 0xEBB0 && D == 15 && (N | M) < 8) return Two(0x4280 | M << 3 | N);           // cmp
            if (isPlain && (First & 0xFFF0) == 0xEA10 && D == 15 && (N | M) < 8) return Two(0x4200 | M << 3 | N);           // tst
            if ((First & 0xFFF0) == 0xF1B0 && D == 15 && T == 0 && N < 8) return Two(0x2800 | N << 8 | Second & 0xFF);      // cmp
            return (Second & 0xF0F0) == 0xF080 && (D | M) < 8 && Extension is int code and >= 0 ? Two(code | M << 3 | D) : null;
        }
    }

    /// <summary>The same operation in two bytes, for a place where the flags it sets do not matter; null when there is none.</summary>
    internal Instruction? Narrow
    {
        get
        {
            if (Bytes == 2 || (D | M) > 7 && (First & 0xFA00) != 0xF000) return null;
            int all = First & 0xFFF0, other = N == D ? M : N, number = Second & 0xFF;
            bool isTwo = N < 8 && (N == D || M == D), isSmall = First >> 10 == 0b111100 && T == 0 && D < 8;
            if (isSmall && First == 0xF04F) return Two(0x2000 | D << 8 | number);                       // movs
            if (isSmall && N < 8 && all is 0xF100 or 0xF1A0)                                            // adds, subs
            {
                bool adds = all == 0xF100;
                if (number < 8) return Two((adds ? 0x1C00 : 0x1E00) | number << 6 | N << 3 | D);
                return N == D ? Two((adds ? 0x3000 : 0x3800) | D << 8 | number) : null;
            }
            if (isSmall && N < 8 && all == 0xF1C0 && number == 0) return Two(0x4240 | N << 3 | D);      // rsbs
            if ((D | M) > 7) return null;
            if (all == 0xFB00 && (Second & 0xF0F0) == 0xF000 && isTwo) return Two(0x4340 | other << 3 | D);                 // muls
            if (all is 0xFA00 or 0xFA20 or 0xFA40 && (Second & 0xF0F0) == 0xF000 && N == D)             // lsls, lsrs, asrs
                return Two((all == 0xFA00 ? 0x4080 : all == 0xFA20 ? 0x40C0 : 0x4100) | M << 3 | D);
            int shift = (Second >> 10 & 0x1C) | (Second >> 6 & 3), kind = Second >> 4 & 3;
            if (First == 0xEA4F && shift != 0 && kind != 3) return Two(kind << 11 | shift << 6 | M << 3 | D);
            if ((Second & 0x70F0) != 0) return null;
            return all switch
            {
                0xEA00 when isTwo => Two(0x4000 | other << 3 | D),                                      // ands
                0xEA40 when isTwo => Two(0x4300 | other << 3 | D),                                      // orrs
                0xEA80 when isTwo => Two(0x4040 | other << 3 | D),                                      // eors
                0xEA20 when N == D => Two(0x4380 | M << 3 | D),                                         // bics
                0xEA60 when N == 15 => Two(0x43C0 | M << 3 | D),                                        // mvns
                0xEB00 when N < 8 => Two(0x1800 | M << 6 | N << 3 | D),                                 // adds
                0xEBA0 when N < 8 => Two(0x1A00 | M << 6 | N << 3 | D),                                 // subs
                _ => null,
            };
        }
    }

    // A load or store with a number as offset: of words, bytes, or half words.
    private Instruction? Offset(int at) => (First & 0xFFF0) switch
    {
        0xF8C0 or 0xF8D0 when (at & 3) == 0 && at < 128 => Two(0x6000 | (First & 0x10) << 7 | at << 4 | N << 3 | T),
        0xF880 or 0xF890 when at < 32 => Two(0x7000 | (First & 0x10) << 7 | at << 6 | N << 3 | T),
        0xF8A0 or 0xF8B0 when (at & 1) == 0 && at < 64 => Two(0x8000 | (First & 0x10) << 7 | at << 5 | N << 3 | T),
        _ => null,
    };

    // A load or store with a register as offset.
    private Instruction? Indexed
    {
        get
        {
            int code = (First & 0xFFF0) switch
            {
                0xF840 => 0x5000,
                0xF820 => 0x5200,
                0xF800 => 0x5400,
                0xF910 => 0x5600,
                0xF850 => 0x5800,
                0xF830 => 0x5A00,
                0xF810 => 0x5C00,
                0xF930 => 0x5E00,
                _ => -1,
            };
            return code < 0 ? null : Two(code | M << 6 | N << 3 | T);
        }
    }

    // sxth, sxtb, uxth and uxtb.
    private int Extension => First switch { 0xFA0F => 0xB200, 0xFA4F => 0xB240, 0xFA1F => 0xB280, 0xFA5F => 0xB2C0, _ => -1 };

    private Instruction Two(int code) => new(At, code, 0);
}
