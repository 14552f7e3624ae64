namespace EdgeCnn.Board;

/// <summary>The board that the code is at work for: one per thread.</summary>
internal static unsafe class Platform
{
    internal static int EraseBytes => Current.EraseBytes;

    internal static int PageBytes => Current.PageBytes;

    internal static int FreeBytes => Current.FreeBytes;

    internal static Bytes Arena => Current.Arena;

    internal static int TicksPerSecond => Current.TicksPerSecond;

    internal static int StackBytes => Current.StackBytes;

    internal static int FaultStatus => Current.FaultStatus;

    internal static int FaultAt => Current.FaultAt;

    internal static Bytes PublicKey => Current.PublicKey;

    internal static int NameByte(int index) => Current.NameByte(index);

    internal static Bytes Flash(int area) => Current.Flash(area);

    internal static int AreaBytes(int area) => Current.AreaBytes(area);

    internal static void EraseBlock(int area, int offset) => Current.EraseBlock(area, offset);

    internal static void Program(int area, int offset, Bytes from, int at) => Current.Program(area, offset, from, at);

    internal static Bytes Buffer(int arenaBytes) => Current.Buffer(arenaBytes);

    internal static int BufferBytes(int arenaBytes) => Current.BufferBytes(arenaBytes);

    internal static void Send(int value) => Current.Send(value);

    private static IPlatform Current => CurrentPlatform.Value;
}
