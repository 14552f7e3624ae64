namespace EdgeCnn.Device;

/// <summary>
/// The serial line of an nRF52 or nRF53: 115,200 baud, 8 bits, no parity, one stop bit, polled. Bytes pass through RAM, one at a time; up
/// to four more wait in the receiver. nRF52840 and nRF5340 Product Specifications, "UARTE", "GPIO", "CLOCK". The board names
/// <c>UartBase</c>, where its crystal is started, <c>PinPort</c> (the registers of the pins) and the two pins.
/// </summary>
internal static class NordicUarte
{
    private const uint StartReceiving = 0x000, StartSending = 0x008, HasReceived = 0x110, HasSent = 0x120;
    private const uint Enable = 0x500, SendPin = 0x50C, ReceivePin = 0x514, BaudRate = 0x524;
    private const uint ReceiveAt = 0x534, ReceiveBytes = 0x538, SendAt = 0x544, SendBytes = 0x548;
    private const uint SetPins = 0x08, PinsOut = 0x18, PinUse = 0x200;
    private const uint Input = 0, Uarte = 8, Baud115200 = 0x01D60000;

    /// <summary>Switches the line on.</summary>
    internal static void Start()
    {
        Registers.Write(Board.CrystalStart, 1);
        Registers.Write(Board.PinPort + SetPins, 1u << (int)Board.TransmitPin); // an idle line is high
        Registers.Write(Board.PinPort + PinsOut, 1u << (int)Board.TransmitPin);
        Registers.Write(Board.PinPort + PinUse + 4 * Board.ReceivePin, Input);
        Registers.Write(Board.UartBase + SendPin, Board.TransmitPin);
        Registers.Write(Board.UartBase + ReceivePin, Board.ReceivePin);
        Registers.Write(Board.UartBase + BaudRate, Baud115200);
        Registers.Write(Board.UartBase + Enable, Uarte);
        uint buffer = NordicUarteBuffer.Address();
        Registers.Write(Board.UartBase + ReceiveAt, buffer);
        Registers.Write(Board.UartBase + ReceiveBytes, 1);
        Registers.Write(Board.UartBase + SendAt, buffer + 4);
        Registers.Write(Board.UartBase + SendBytes, 1);
        Registers.Write(Board.UartBase + StartReceiving, 1);
    }

    /// <summary>The next byte, or −1 when none has come.</summary>
    internal static int Read()
    {
        if (Registers.Read(Board.UartBase + HasReceived) == 0) return -1;
        Registers.Write(Board.UartBase + HasReceived, 0);
        byte value = (byte)Registers.Read(NordicUarteBuffer.Address());
        Registers.Write(Board.UartBase + StartReceiving, 1);
        return value;
    }

    /// <summary>Sends a byte, and waits until it has left.</summary>
    internal static void Write(int value)
    {
        Registers.Write(NordicUarteBuffer.Address() + 4, (byte)value);
        Registers.Write(Board.UartBase + HasSent, 0);
        Registers.Write(Board.UartBase + StartSending, 1);
        while (Registers.Read(Board.UartBase + HasSent) == 0)
        {
        }
    }
}
