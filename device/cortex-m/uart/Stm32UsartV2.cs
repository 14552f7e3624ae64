namespace EdgeCnn.Device;

/// <summary>
/// The serial line of an STM32F7 or H7: 115,200 baud, 8 bits, no parity, one stop bit, polled. Registers: RM0410, 34.8; RM0433, 48.7. The
/// board names <c>UartBase</c>, <c>UartClock</c> (Hz), and what <see cref="Stm32Pins"/> needs.
/// </summary>
internal static class Stm32UsartV2
{
    private const uint Control = 0x00, MoreControl = 0x08, Divider = 0x0C, State = 0x1C, Received = 0x24, ToSend = 0x28;
    private const uint ReceiverFull = 1 << 5, TransmitterEmpty = 1 << 7;
    private const uint EnableUsart = 1 << 0, EnableReceiver = 1 << 2, EnableTransmitter = 1 << 3;
    private const uint IgnoreOverruns = 1 << 12;                              // a lost byte is found by the frame's checksum
    private const uint Baud = 115_200;

    /// <summary>Switches the line on.</summary>
    internal static void Start()
    {
        Stm32Pins.Connect();
        Registers.Write(Board.UartBase + Divider, (Board.UartClock + Baud / 2) / Baud);
        Registers.Write(Board.UartBase + MoreControl, IgnoreOverruns);
        Registers.Write(Board.UartBase + Control, EnableReceiver | EnableTransmitter | EnableUsart);
    }

    /// <summary>The next byte, or −1 when none has come.</summary>
    internal static int Read() =>
        (Registers.Read(Board.UartBase + State) & ReceiverFull) == 0 ? -1 : (byte)Registers.Read(Board.UartBase + Received);

    /// <summary>Sends a byte; waits until there is room for it.</summary>
    internal static void Write(int value)
    {
        while ((Registers.Read(Board.UartBase + State) & TransmitterEmpty) == 0)
        {
        }
        Registers.Write(Board.UartBase + ToSend, (byte)value);
    }
}
