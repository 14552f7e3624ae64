namespace EdgeCnn.Device;

/// <summary>The UART of Arm's Cortex-M System Design Kit (DDI 0479, 4.3), in the MPS2 and MPS3 boards. No interrupts: whoever reads waits.</summary>
internal static unsafe class Uart
{
    private const int StateAt = 0x04, ControlAt = 0x08, DividerAt = 0x10;
    private const uint SendBufferFull = 1, ReceiveBufferFull = 2, EnableBoth = 3;

    /// <summary>115,200 baud, 8 data bits, no parity, one stop bit.</summary>
    internal static void Start()
    {
        *(uint*)(BoardSettings.UartAddress + DividerAt) = BoardSettings.UartClock / 115_200;
        *(uint*)(BoardSettings.UartAddress + ControlAt) = EnableBoth;
    }

    /// <summary>Waits for a byte.</summary>
    internal static int Read()
    {
        while ((*(uint*)(BoardSettings.UartAddress + StateAt) & ReceiveBufferFull) == 0)
        {
        }
        return (int)*(uint*)BoardSettings.UartAddress & 0xFF;
    }

    /// <summary>Sends a byte, as soon as the one before is on its way.</summary>
    internal static void Write(int value)
    {
        while ((*(uint*)(BoardSettings.UartAddress + StateAt) & SendBufferFull) != 0)
        {
        }
        *(uint*)BoardSettings.UartAddress = (uint)value;
    }

    /// <summary>Waits until the last byte has left the buffer.</summary>
    internal static void Flush()
    {
        while ((*(uint*)(BoardSettings.UartAddress + StateAt) & SendBufferFull) != 0)
        {
        }
    }
}
