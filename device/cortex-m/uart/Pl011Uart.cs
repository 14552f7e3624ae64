namespace EdgeCnn.Device;

/// <summary>
/// The serial line of a board with Arm's PrimeCell UART (PL011): 115,200 baud, 8 bits, no parity, one stop bit, polled. Registers:
/// PrimeCell UART Technical Reference Manual, 3.3. Its pins are connected before (<c>board_setup</c>). The board names <c>UartBase</c> and
/// <c>UartClock</c> (Hz).
/// </summary>
internal static class Pl011Uart
{
    private const uint Data = 0x00, State = 0x18, Divider = 0x24, DividerFraction = 0x28, LineControl = 0x2C, Control = 0x30;
    private const uint ReceiverEmpty = 1 << 4, TransmitterEmpty = 1 << 7;
    private const uint EightBits = 3 << 5, Queues = 1 << 4;
    private const uint EnableUart = 1 << 0, EnableTransmitter = 1 << 8, EnableReceiver = 1 << 9;
    private const uint Baud = 115_200;

    /// <summary>Switches the line on.</summary>
    internal static void Start()
    {
        uint divider = (Board.UartClock * 8 / Baud + 1) / 2;                  // clock / (16 baud), in 64ths, rounded
        Registers.Write(Board.UartBase + Divider, divider >> 6);
        Registers.Write(Board.UartBase + DividerFraction, divider & 63);
        Registers.Write(Board.UartBase + LineControl, EightBits | Queues); // takes the divider over
        Registers.Write(Board.UartBase + Control, EnableUart | EnableTransmitter | EnableReceiver);
    }

    /// <summary>The next byte, or −1 when none has come.</summary>
    internal static int Read() =>
        (Registers.Read(Board.UartBase + State) & ReceiverEmpty) != 0 ? -1 : (byte)Registers.Read(Board.UartBase + Data);

    /// <summary>Sends a byte; waits until the one before is on the line, so that no more than two are lost in a reset.</summary>
    internal static void Write(int value)
    {
        while ((Registers.Read(Board.UartBase + State) & TransmitterEmpty) == 0)
        {
        }
        Registers.Write(Board.UartBase + Data, (byte)value);
    }
}
