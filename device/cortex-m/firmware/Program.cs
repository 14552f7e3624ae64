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
        FlashController.Start();
        byte* board = FreeMemory.First;
        Boot.Start(board);
        while (!Link.Receive(board, NextByte()))
        {
        }
        // Two empty frames: when the second one is taken, what was sent before has left.
        Uart.Write(0);
        Uart.Write(0);
        Processor.Reset();
        return 0;
    }

    /// <summary>Waits for a byte. Between looks it pauses, for about a third of the time that a byte takes: an emulator has the line to serve in
    /// the same time.</summary>
    private static int NextByte()
    {
        const int pause = (int)(Board.ProcessorClock / 100_000);
        int value = Uart.Read();
        while (value < 0)
        {
            for (int i = 0; i < pause; i++)
            {
            }
            value = Uart.Read();
        }
        return value;
    }
}
