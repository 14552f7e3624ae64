using EdgeCnn.Device;

namespace EdgeCnn.Board;

/// <summary>What the board has to offer to the protocol (<c>IPlatform</c> says what each member is).</summary>
internal static unsafe partial class Platform
{
    // The record of the board, and the arena at a multiple of 16 behind it.
    private const int ArenaAt = (BoardState.Bytes + 15) & ~15;

    internal static int EraseBytes => (int)Device.Board.EraseBytes;

    internal static int PageBytes => (int)Device.Board.PageBytes;

    internal static int FreeBytes => FreeMemory.Bytes - ArenaAt - FaultRecord.Bytes;

    internal static byte* Arena => FreeMemory.First + ArenaAt;

    /// <summary>A processor without a cycle counter reads the same number twice.</summary>
    internal static int TicksPerSecond => Clock.Ticks() == Clock.Ticks() ? 0 : (int)Device.Board.ProcessorClock;

    internal static int StackBytes => Stack.UsedBytes();

    internal static int FaultStatus => (int)FaultRecord.Status;

    internal static int FaultAt => (int)FaultRecord.ProgramCounter;

    internal static int NameByte(int index)
    {
        fixed (byte* name = Device.Board.Name) return index < Device.Board.Name.Length ? name[index] : 0;
    }

    internal static byte* Flash(int area) => FlashMemory.Address(area);

    internal static int AreaBytes(int area) => FlashMemory.AreaBytes(area);

    internal static void EraseBlock(int area, int offset) => FlashController.Erase((uint)(FlashMemory.Address(area) + offset));

    internal static void Program(int area, int offset, byte* from, int at) =>
        FlashController.Program((uint)(FlashMemory.Address(area) + offset), from + at);

    internal static byte* Buffer(int arenaBytes) => Arena + arenaBytes;

    internal static int BufferBytes(int arenaBytes) => FreeBytes - arenaBytes;

    internal static void Send(int value) => Uart.Write(value);
}
