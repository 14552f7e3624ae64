namespace EdgeCnn.Device;

/// <summary>
/// The serial line of an STM32F1, F2 or F4: 115,200 baud, 8 bits, no parity, one stop bit, polled. Registers: RM0090, chapters 7 (clocks),
/// 8 (pins) and 30 (USART). The board names <c>UartBase</c>, <c>UartClock</c> (Hz), where and with which bit the USART's clock and that of
/// its port are switched on, <c>PinPort</c>, and the two pins.
/// </summary>
internal static unsafe class Uart
{
    private const uint State = Board.UartBase, Data = State + 4, Divider = State + 8, Control = State + 12;
    private const uint ReceiverFull = 1 << 5, TransmitterEmpty = 1 << 7;
    private const uint EnableReceiver = 1 << 2, EnableTransmitter = 1 << 3, EnableUsart = 1 << 13;
    private const uint Mode = Board.PinPort, AlternateFunctions = Board.PinPort + 0x20;
    private const uint Alternate = 2, Usart = 7;
    private const uint Baud = 115_200;

    /// <summary>Switches the line on.</summary>
    internal static void Start()
    {
        *(uint*)Board.PinClock |= 1u << (int)Board.PinClockBit;
        *(uint*)Board.UartEnable |= 1u << (int)Board.UartEnableBit;
        Connect(Board.TransmitPin);
        Connect(Board.ReceivePin);
        *(uint*)Divider = Board.UartClock / Baud;
        *(uint*)Control = EnableReceiver | EnableTransmitter | EnableUsart;
    }

    /// <summary>The next byte, or −1 when none has come.</summary>
    internal static int Read() => (*(uint*)State & ReceiverFull) == 0 ? -1 : *(byte*)Data;

    /// <summary>Sends a byte; waits until there is room for it.</summary>
    internal static void Write(int value)
    {
        while ((*(uint*)State & TransmitterEmpty) == 0)
        {
        }
        *(uint*)Data = (byte)value;
    }

    private static void Connect(uint pin)
    {
        uint* function = (uint*)AlternateFunctions + (pin >> 3);
        *(uint*)Mode = (*(uint*)Mode & ~(3u << (int)(2 * pin))) | Alternate << (int)(2 * pin);
        *function = (*function & ~(15u << (int)(4 * (pin & 7)))) | Usart << (int)(4 * (pin & 7));
    }
}
