using System.Numerics;

namespace EdgeCnn.FirmwareTools;

/// <summary>What an instruction does with the stack.</summary>
internal readonly partial record struct Instruction
{
    private const int LrBit = 1 << LinkRegister, PcBit = 1 << 15;

    // ldr lr, [sp], #4
    private const int PopOne = 0xF85D, PopOneLr = 0xEB04;

    /// <summary>add sp, #4</summary>
    internal const int GiveBackOneWord = 0xB001;

    /// <summary>pop {pc}</summary>
    internal const int PopPc = 0xBD00;

    /// <summary>A call, wherever it leads.</summary>
    internal static Instruction Call { get; } = new(0, 0xF000, 0xF800);

    /// <summary>pop {r3, pc}</summary>
    internal static Instruction PopWordAndPc { get; } = new(0, PopPc | 1 << 3, 0);

    /// <summary>The registers of a long push or pop, apart from those of the way back: bit n for register n; else 0.</summary>
    internal int SavedRegisters => First is PushMany or PopMany ? Second & ~(LrBit | PcBit) : 0;

    /// <summary>Whether it is a long push with the link register, or a long pop that returns.</summary>
    internal bool PushesOrReturns => First == PushMany ? (Second & LrBit) != 0 : (Second & PcBit) != 0;

    /// <summary>A push or a returning pop of two bytes, with these of the registers 0 to 7.</summary>
    internal Instruction WithSaved(int low) => new(At, (First == PushMany ? 0xB500 : PopPc) | low, 0);

    /// <summary>A pop of the link register as one that returns; null for anything else.</summary>
    internal Instruction? Returning => (First, Second) switch
    {
        (PopMany, _) when (Second & LrBit) != 0 => this with { Second = Second ^ LrBit ^ PcBit },
        (PopOne, PopOneLr) => new Instruction(At, PopPc, 0),
        _ => null,
    };

    /// <summary>Bytes that it takes from the stack; 0 also when it does not say.</summary>
    internal int TakesStack
    {
        get
        {
            if (First == PushMany) return 4 * BitOperations.PopCount((uint)Second);
            if ((First & 0xFE00) == 0xB400) return 4 * BitOperations.PopCount((uint)First & 0x1FF);
            if ((First & 0xFF80) == 0xB080) return 4 * (First & 0x7F);                              // sub sp, #n
            if (First == 0xF84D && (Second & 0xFFF) == 0xD04) return 4;                             // str register, [sp, #-4]!
            return First is 0xF1AD or 0xF2AD && MoveTo == StackPointer ? Immediate12(0) : 0;        // sub sp, sp, #n
        }
    }

    /// <summary>How far above the stack pointer it reads, writes or takes an address: −1 when it does not say; null when it does not.</summary>
    internal int? StackOffset
    {
        get
        {
            if ((First & 0xF000) == 0x9000 || (First & 0xF800) == 0xA800) return 4 * (First & 0xFF);
            if (Bytes == 2) return (First & 0xFC00) == 0x4400 && Touches(StackPointer) ? -1 : null;
            if ((First & 15) != StackPointer || First is PushMany or PopMany || IsMovw || IsMovt || Branch is not null) return null;
            if (UnwindsStack || TakesStack > 0) return null;
            if ((First & 0xFE80) == 0xF880) return Second & 0xFFF;                                  // ldr, str and narrower ones
            if ((First & 0xFFEF) == 0xE9CD) return 4 * (Second & 0xFF);                             // ldrd, strd
            return First is 0xF10D or 0xF20D ? Immediate12(-1) : -1;                                // add register, sp, #n
        }
    }

    // The number of add and sub. Rotated ones are not for stack frames.
    private int Immediate12(int unknown)
    {
        int low = Immediate16 & 0xFFF;
        return low < 256 || (First & 0x200) != 0 ? low : unknown;
    }
}
