namespace EdgeCnn.Device;

/// <summary>
/// Flash of the STM32F4 and F7: four sectors of <c>SmallSectorBytes</c>, one of four times, the others of eight times as many bytes.
/// Written by words, which takes a supply of 2.7 V at least. The caches in front of it are off, as after reset. RM0090 and RM0390, 3.5 to
/// 3.9 (F405, F446); RM0385 and RM0410, 3.3 and 3.7 (F746; F767 as one bank, as delivered).
/// </summary>
internal static unsafe class Stm32SectorFlash
{
    private const uint FlashStart = 0x08000000;
    private const uint Key = 0x40023C04, State = 0x40023C0C, Control = 0x40023C10;
    private const uint FirstKey = 0x45670123, SecondKey = 0xCDEF89AB;
    private const uint Results = 0x1F3, Busy = 1 << 16;                       // end of operation, and all errors: written to be cleared
    private const uint Programming = 1 << 0, SectorErase = 1 << 1, ByWords = 2 << 8, Begin = 1 << 16, Locked = 1u << 31;
    private const int NumberAt = 3;

    /// <summary>Nothing is to be done before the first erase.</summary>
    internal static void Start()
    {
    }

    /// <summary>Makes the sector blank that begins at an address; its bytes are a block, or less.</summary>
    internal static void Erase(uint address)
    {
        uint erase = SectorErase | ByWords | Sector(address - FlashStart) << NumberAt;
        Unlock();
        Registers.Write(Control, erase);
        Registers.Write(Control, erase | Begin);
        Wait();
        Registers.Write(Control, Locked);
    }

    /// <summary>Writes a page.</summary>
    internal static void Program(uint address, byte* from)
    {
        Unlock();
        Registers.Write(Control, Programming | ByWords);
        for (uint i = 0; i < Board.PageBytes; i += 4)
        {
            Registers.Write(address + i, *(uint*)(from + i));
            Wait();
        }
        Registers.Write(Control, Locked);
    }

    private static uint Sector(uint offset)
    {
        uint small = offset / Board.SmallSectorBytes;
        return small < 4 ? small : 4 + small / 8;
    }

    private static void Unlock()
    {
        Wait();
        if ((Registers.Read(Control) & Locked) != 0)
        {
            Registers.Write(Key, FirstKey);
            Registers.Write(Key, SecondKey);
        }
        Registers.Write(State, Results);
    }

    private static void Wait()
    {
        while ((Registers.Read(State) & Busy) != 0)
        {
        }
    }
}
