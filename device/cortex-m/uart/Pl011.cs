namespace EdgeCnn.Device;

/// <summary>
/// The serial line of a board with Arm's PrimeCell UART (PL011): 115,200 baud, 8 bits, no parity, one stop bit, polled. Registers: PrimeCell UART
/// Technical Reference Manual, 3.3. Its pins are connected before (<c>board_setup</c>). The board names <c>UartBase</c> and <c>UartClock</c>
/// (Hz).
/// </summary>
internal static class Uart
{
    private const uint Data = Board.UartBase, State = Data + 0x18, Divider = Data + 0x24, DividerFraction = Data + 0x28;
    private const uint LineControl = Data + 0x2C, Control = Data + 0x30;
    private const uint ReceiverEmpty = 1 << 4, TransmitterFull = 1 << 5;
    private const uint EightBits = 3 << 5, Queues = 1 << 4;
    private const uint EnableUart = 1 << 0, EnableTransmitter = 1 << 8, EnableReceiver = 1 << 9;
    private const uint Baud = 115_200;
    private const uint DividerIn64ths = (Board.UartClock * 8 / Baud + 1) / 2; // clock / (16 baud), rounded

    /// <summary>Switches the line on.</summary>
    internal static void Start()
    {
        Registers.Write(Divider, DividerIn64ths >> 6);
        Registers.Write(DividerFraction, DividerIn64ths & 63);
        Registers.Write(LineControl, EightBits | Queues);                     // takes the divider over
        Registers.Write(Control, EnableUart | EnableTransmitter | EnableReceiver);
    }

    /// <summary>The next byte, or −1 when none has come.</summary>
    internal static int Read() => (Registers.Read(State) & ReceiverEmpty) != 0 ? -1 : (byte)Registers.Read(Data);

    /// <summary>Sends a byte; waits until there is room for it.</summary>
    internal static void Write(int value)
    {
        while ((Registers.Read(State) & TransmitterFull) != 0)
        {
        }
        Registers.Write(Data, (byte)value);
    }
}
