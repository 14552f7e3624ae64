using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>
/// Flash of the STM32H743: two banks of eight sectors of 128 KB, each bank with its own controller; written by flash words of 32 bytes,
/// once after an erase, since each has an error-correcting code. A word whose writing was cut reads as a bus fault: such words are found
/// and erased at the start. RM0433, 4.3.8 to 4.3.12 and 4.9.
/// </summary>
/// <remarks>For that the journal has one record to a sector: a cut never touches the sector of the newest one.</remarks>
internal static unsafe class Stm32H7Flash
{
    private const uint Controllers = 0x52002000, ControllerBytes = 0x100, BankBytes = 0x100000, SectorBytes = 0x20000;
    private const uint Key = 0x04, Control = 0x0C, State = 0x10, Clear = 0x14;
    private const uint FirstKey = 0x45670123, SecondKey = 0xCDEF89AB;
    private const uint Locked = 1 << 0, Programming = 1 << 1, SectorErase = 1 << 2, Begin = 1 << 7;
    private const uint ByWords = 2 << 4;                                      // what a bank does at once: 32 bits
    private const int NumberAt = 8;
    private const uint Busy = 1 << 0, Waiting = 1 << 1, Queued = 1 << 2, UncorrectableError = 1 << 26;
    private const uint Results = 0x07EF0000;                                  // end of operation, and all errors

    /// <summary>Erases what cannot be read any more. Such a word is never part of a model or a record that counts.</summary>
    internal static void Start()
    {
        for (int area = 0; area < FlashArea.Count; area++)
        {
            uint address = (uint)FlashMemory.Address(area), end = address + (uint)FlashMemory.AreaBytes(area);
            for (; address < end; address += Board.EraseBytes)
            {
                uint bytes = end - address < Board.EraseBytes ? end - address : Board.EraseBytes;
                if (!IsReadable(address, bytes)) Erase(address);
            }
        }
    }

    /// <summary>Makes the sector blank that an address is in.</summary>
    internal static void Erase(uint address)
    {
        uint bank = Bank(address), sector = (address & (BankBytes - 1)) / SectorBytes, erase = SectorErase | ByWords | sector << NumberAt;
        Unlock(bank);
        Registers.Write(bank + Control, erase);
        Registers.Write(bank + Control, erase | Begin);
        Wait(bank);
        Registers.Write(bank + Control, Locked);
    }

    /// <summary>Writes a page: a flash word, or several.</summary>
    internal static void Program(uint address, byte* from)
    {
        uint bank = Bank(address);
        Unlock(bank);
        Registers.Write(bank + Control, Programming | ByWords);
        for (uint i = 0; i < Board.PageBytes; i += 4)
        {
            Registers.Write(address + i, *(uint*)(from + i));
            if ((i & 31) == 28) Wait(bank);
        }
        Registers.Write(bank + Control, Locked);
    }

    private static bool IsReadable(uint address, uint bytes)
    {
        uint bank = Bank(address);
        Registers.Write(bank + Clear, Results);
        Stm32H7FlashWords.Touch(address, bytes);
        bool isReadable = (Registers.Read(bank + State) & UncorrectableError) == 0;
        Registers.Write(bank + Clear, Results);
        return isReadable;
    }

    private static uint Bank(uint address) => Controllers + ((address & BankBytes) == 0 ? 0 : ControllerBytes);

    // A second unlock would lock the bank until the next reset.
    private static void Unlock(uint bank)
    {
        Wait(bank);
        if ((Registers.Read(bank + Control) & Locked) != 0)
        {
            Registers.Write(bank + Key, FirstKey);
            Registers.Write(bank + Key, SecondKey);
        }
        Registers.Write(bank + Clear, Results);
    }

    private static void Wait(uint bank)
    {
        while ((Registers.Read(bank + State) & (Busy | Waiting | Queued)) != 0)
        {
        }
    }
}
