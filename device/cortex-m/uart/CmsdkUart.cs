namespace EdgeCnn.Device;

/// <summary>
/// The serial line of a board with Arm's CMSDK APB UART: 115,200 baud, 8 bits, no parity, one stop bit, polled. Registers: Arm
/// Cortex-M System Design Kit Technical Reference Manual, 4.3. The board names <c>UartBase</c> and <c>UartClock</c> (Hz).
/// </summary>
internal static unsafe class CmsdkUart
{
    private const uint Data = Board.UartBase, State = Data + 4, Control = Data + 8, Divider = Data + 16;
    private const uint TransmitterFull = 1, ReceiverFull = 2;
    private const uint EnableBoth = 3;
    private const uint Baud = 115_200;

    /// <summary>Switches the line on.</summary>
    internal static void Start()
    {
        *(uint*)Divider = Board.UartClock / Baud;
        *(uint*)Control = EnableBoth;
    }

    /// <summary>The next byte, or −1 when none has come.</summary>
    internal static int Read() => (Registers.Read(State) & ReceiverFull) == 0 ? -1 : *(byte*)Data;

    /// <summary>Sends a byte; waits until there is room for it.</summary>
    internal static void Write(int value)
    {
        while ((Registers.Read(State) & TransmitterFull) != 0)
        {
        }
        *(uint*)Data = (byte)value;
    }
}
