namespace EdgeCnn.Device;

/// <summary>
/// The serial line of an STM32F7 or H7: 115,200 baud, 8 bits, no parity, one stop bit, polled. Registers: RM0410, 34.8; RM0433, 48.7. The
/// board names <c>UartBase</c>, <c>UartClock</c> (Hz), and what <see cref="Stm32Pins"/> needs.
/// </summary>
internal static class Uart
{
    private const uint Control = Board.UartBase, MoreControl = Control + 0x08, Divider = Control + 0x0C, State = Control + 0x1C;
    private const uint Received = Control + 0x24, ToSend = Control + 0x28;
    private const uint ReceiverFull = 1 << 5, TransmitterEmpty = 1 << 7;
    private const uint EnableUsart = 1 << 0, EnableReceiver = 1 << 2, EnableTransmitter = 1 << 3;
    private const uint IgnoreOverruns = 1 << 12;                              // a lost byte is found by the frame's checksum
    private const uint Baud = 115_200;

    /// <summary>Switches the line on.</summary>
    internal static void Start()
    {
        Stm32Pins.Connect();
        Registers.Write(Divider, (Board.UartClock + Baud / 2) / Baud);
        Registers.Write(MoreControl, IgnoreOverruns);
        Registers.Write(Control, EnableReceiver | EnableTransmitter | EnableUsart);
    }

    /// <summary>The next byte, or −1 when none has come.</summary>
    internal static int Read() => (Registers.Read(State) & ReceiverFull) == 0 ? -1 : (byte)Registers.Read(Received);

    /// <summary>Sends a byte; waits until there is room for it.</summary>
    internal static void Write(int value)
    {
        while ((Registers.Read(State) & TransmitterEmpty) == 0)
        {
        }
        Registers.Write(ToSend, (byte)value);
    }
}
