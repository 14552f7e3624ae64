using System.Runtime;
using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>Waits for bytes on the line and answers (device/flash/PROTOCOL.md). Models come over the line; none is linked in.</summary>
internal static unsafe class Program
{
    [RuntimeExport("main")]
    private static int Main()
    {
        Stack.Paint();
        FaultRecord.Take();
        Clock.Start();
        Uart.Start();
        byte* board = FreeMemory.First;
        Boot.Start(board);
        while (!Link.Receive(board, Uart.Read()))
        {
        }
        Uart.Flush();
        Processor.Reset();
        return 0;
    }
}
