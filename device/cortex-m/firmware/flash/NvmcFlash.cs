namespace EdgeCnn.Device;

/// <summary>
/// Flash of the nRF52840 and nRF5340: pages of 4 KB, written by words; the processor stands still meanwhile. The board names
/// <c>NvmcBase</c>, and <c>NvmcErasePage</c>: the register that erases, or 0 where a write to the page does. nRF52840 Product
/// Specification, "NVMC"; nRF5340 Product Specification, "NVMC", "Erasing a secure page in flash".
/// </summary>
internal static unsafe class NvmcFlash
{
    private const uint Ready = 0x400, Configuration = 0x504, IsReady = 1;
    private const uint ReadOnly = 0, Writing = 1, Erasing = 2;
    private const uint Blank = 0xFFFFFFFF;

    private static bool HasEraseRegister => Board.NvmcErasePage != 0;

    /// <summary>Nothing is to be done before the first erase.</summary>
    internal static void Start()
    {
    }

    /// <summary>Makes a page of 4 KB blank.</summary>
    internal static void Erase(uint address)
    {
        Allow(Erasing);
        Registers.Write(HasEraseRegister ? Board.NvmcErasePage : address, HasEraseRegister ? address : Blank);
        Wait();
        Allow(ReadOnly);
    }

    /// <summary>Writes a page of the protocol.</summary>
    internal static void Program(uint address, byte* from)
    {
        Allow(Writing);
        for (uint i = 0; i < Board.PageBytes; i += 4)
        {
            Registers.Write(address + i, *(uint*)(from + i));
            Wait();
        }
        Allow(ReadOnly);
    }

    private static void Allow(uint what)
    {
        Wait();
        Registers.Write(Board.NvmcBase + Configuration, what);
        Wait();
    }

    private static void Wait()
    {
        while ((Registers.Read(Board.NvmcBase + Ready) & IsReady) == 0)
        {
        }
    }
}
