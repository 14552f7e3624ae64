namespace EdgeCnn.Device;

/// <summary>
/// The serial line of an STM32F2 or F4: 115,200 baud, 8 bits, no parity, one stop bit, polled. Registers: RM0090, chapter 30. The board
/// names <c>UartBase</c>, <c>UartClock</c> (Hz), and what <see cref="Stm32Pins"/> needs.
/// </summary>
internal static class Stm32UsartV1
{
    private const uint State = 0x00, Data = 0x04, Divider = 0x08, Control = 0x0C;
    private const uint ReceiverFull = 1 << 5, TransmitterEmpty = 1 << 7;
    private const uint EnableReceiver = 1 << 2, EnableTransmitter = 1 << 3, EnableUsart = 1 << 13;
    private const uint Baud = 115_200;

    /// <summary>Switches the line on.</summary>
    internal static void Start()
    {
        Stm32Pins.Connect();
        Registers.Write(Board.UartBase + Divider, (Board.UartClock + Baud / 2) / Baud);
        Registers.Write(Board.UartBase + Control, EnableReceiver | EnableTransmitter | EnableUsart);
    }

    /// <summary>The next byte, or −1 when none has come.</summary>
    internal static int Read() =>
        (Registers.Read(Board.UartBase + State) & ReceiverFull) == 0 ? -1 : (byte)Registers.Read(Board.UartBase + Data);

    /// <summary>Sends a byte; waits until there is room for it.</summary>
    internal static void Write(int value)
    {
        while ((Registers.Read(Board.UartBase + State) & TransmitterEmpty) == 0)
        {
        }
        Registers.Write(Board.UartBase + Data, (byte)value);
    }
}
