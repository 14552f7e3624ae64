namespace EdgeCnn.Device;

/// <summary>
/// The serial line of an nRF52 or nRF53: 115,200 baud, 8 bits, no parity, one stop bit, polled. Bytes pass through RAM, one at a time; up to
/// four more wait in the receiver. nRF52840 and nRF5340 Product Specifications, "UARTE", "GPIO", "CLOCK". The board names <c>UartBase</c>, where
/// its crystal is started, <c>PinPort</c> (the registers of the pins) and the two pins.
/// </summary>
internal static class Uart
{
    private const uint Base = Board.UartBase, StartReceiving = Base, StartSending = Base + 0x008;
    private const uint HasReceived = Base + 0x110, HasSent = Base + 0x120;
    private const uint Enable = Base + 0x500, SendPin = Base + 0x50C, ReceivePin = Base + 0x514, BaudRate = Base + 0x524;
    private const uint ReceiveAt = Base + 0x534, ReceiveBytes = Base + 0x538, SendAt = Base + 0x544, SendBytes = Base + 0x548;
    private const uint SetPins = Board.PinPort + 0x08, PinsOut = Board.PinPort + 0x18, PinUse = Board.PinPort + 0x200;
    private const uint Input = 0, Uarte = 8, Baud115200 = 0x01D60000;

    /// <summary>Switches the line on.</summary>
    internal static void Start()
    {
        Registers.Write(Board.CrystalStart, 1);
        Registers.Write(SetPins, 1u << (int)Board.TransmitPin);               // an idle line is high
        Registers.Write(PinsOut, 1u << (int)Board.TransmitPin);
        Registers.Write(PinUse + 4 * Board.ReceivePin, Input);
        Registers.Write(SendPin, Board.TransmitPin);
        Registers.Write(ReceivePin, Board.ReceivePin);
        Registers.Write(BaudRate, Baud115200);
        Registers.Write(Enable, Uarte);
        uint buffer = UarteBuffer.Address();
        Registers.Write(ReceiveAt, buffer);
        Registers.Write(ReceiveBytes, 1);
        Registers.Write(SendAt, buffer + 4);
        Registers.Write(SendBytes, 1);
        Registers.Write(StartReceiving, 1);
    }

    /// <summary>The next byte, or −1 when none has come.</summary>
    internal static int Read()
    {
        if (Registers.Read(HasReceived) == 0) return -1;
        Registers.Write(HasReceived, 0);
        byte value = (byte)Registers.Read(UarteBuffer.Address());
        Registers.Write(StartReceiving, 1);
        return value;
    }

    /// <summary>Sends a byte, and waits until it has left.</summary>
    internal static void Write(int value)
    {
        Registers.Write(UarteBuffer.Address() + 4, (byte)value);
        Registers.Write(HasSent, 0);
        Registers.Write(StartSending, 1);
        while (Registers.Read(HasSent) == 0)
        {
        }
    }
}
