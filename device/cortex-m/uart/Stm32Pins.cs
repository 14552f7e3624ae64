namespace EdgeCnn.Device;

/// <summary>
/// Connects pins of an STM32F2, F4, F7 or H7 to a USART: RM0090, chapter 8; RM0410, chapter 6; RM0433, chapter 11. The board names where
/// and with which bit the clocks of the USART and of its port are switched on, <c>PinPort</c>, and the two pins.
/// </summary>
internal static class Stm32Pins
{
    private const uint Mode = 0x00, AlternateFunctions = 0x20;
    private const uint Alternate = 2, Usart = 7;

    /// <summary>Switches the clocks on, and connects both pins.</summary>
    internal static void Connect()
    {
        Registers.Set(Board.PinClock, 1u << (int)Board.PinClockBit);
        Registers.Set(Board.UartEnable, 1u << (int)Board.UartEnableBit);
        Connect(Board.TransmitPin);
        Connect(Board.ReceivePin);
    }

    private static void Connect(uint pin)
    {
        Replace(Board.PinPort + AlternateFunctions + 4 * (pin >> 3), 4 * (pin & 7), 15, Usart);
        Replace(Board.PinPort + Mode, 2 * pin, 3, Alternate);
    }

    private static void Replace(uint address, uint at, uint mask, uint value) =>
        Registers.Write(address, (Registers.Read(address) & ~(mask << (int)at)) | value << (int)at);
}
