namespace EdgeCnn.Device;

/// <summary>
/// Flash beside an RP2350, through the functions of its ROM: sectors of 4 KB, pages of 256 bytes. Programs run out of the same flash, so
/// that the calls from leaving to entering that mode are made by code in RAM. RP2350 Datasheet, 5.4 "Bootrom APIs": 5.4.1 (lookup), 5.4.8
/// (<c>connect_internal_flash</c>, <c>flash_exit_xip</c>, <c>flash_range_erase</c>, <c>flash_range_program</c>, <c>flash_flush_cache</c>).
/// </summary>
internal static unsafe class Rp2350Flash
{
    private const uint Window = 0x10000000;                                   // where flash is seen as memory
    private const uint LookupAt = 0x14;                                       // the ROM's lookup function: the upper half of this word
    private const uint Secure = 4;                                            // a function for secure Arm code
    private const uint BootRam = 0x400E0000;                                  // begins with the routine that sets reading up
    private const int SetupWords = 64;
    private const uint BlockBytes = 0x10000, BlockErase = 0xD8;                // where whole such blocks are erased: flash's own command
    private const int Calls = 5, CallWords = 5;

    /// <summary>Nothing is to be done before the first erase.</summary>
    internal static void Start()
    {
    }

    /// <summary>Makes a sector blank.</summary>
    internal static void Erase(uint address) =>
        Run('R' | 'E' << 8, address - Window, (byte*)Board.EraseBytes, BlockBytes, BlockErase);

    /// <summary>Writes a page.</summary>
    internal static void Program(uint address, byte* from) => Run('R' | 'P' << 8, address - Window, from, Board.PageBytes, 0);

    private static void Run(uint code, uint offset, byte* b, uint c, uint d)
    {
        byte** calls = Rp2350FlashRam.Work(), next = calls;
        uint* setup = (uint*)(calls + Calls * CallWords);
        for (uint i = 0; i < SetupWords; i++) setup[i] = Registers.Read(BootRam + 4 * i);
        byte* connect = Function('I' | 'F' << 8), exit = Function('E' | 'X' << 8), work = Function(code), flush = Function('F' | 'C' << 8);
        next = Call(next, connect, 0, null, 0, 0);
        next = Call(next, exit, 0, null, 0, 0);
        next = Call(next, work, offset, b, c, d);
        next = Call(next, flush, 0, null, 0, 0);
        Call(next, (byte*)setup + 1, 0, null, 0, 0);                          // an odd address: Thumb code
        Rp2350FlashRam.Run(calls, Calls);
    }

    private static byte* Function(uint code)
    {
        byte** call = Rp2350FlashRam.Work();
        Call(call, (byte*)(Registers.Read(LookupAt) >> 16), code, (byte*)Secure, 0, 0);
        return Rp2350FlashRam.Run(call, 1);
    }

    // Arguments, then the function: the order in which the processor loads them.
    private static byte** Call(byte** at, byte* function, uint a, byte* b, uint c, uint d)
    {
        at[0] = (byte*)a;
        at[1] = b;
        at[2] = (byte*)c;
        at[3] = (byte*)d;
        at[4] = function;
        return at + CallWords;
    }
}
