using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>Sends the board's name and back every byte that comes over the serial line, up to an X, before the program starts.</summary>
internal static unsafe class Echoing
{
    [RuntimeExport("board_setup")]
    private static void Setup()
    {
        Uart.Start();
        fixed (byte* name = Board.Name)
            for (int i = 0; i < Board.Name.Length; i++) Uart.Write(name[i]);
        int value;
        do
        {
            value = Uart.Read();
            if (value >= 0) Uart.Write(value);
        }
        while (value != 'X');
        Semihosting.Exit(0);
    }
}
