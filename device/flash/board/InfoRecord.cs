namespace EdgeCnn.Board;

/// <summary>What the board says of itself (PROTOCOL.md, "Info").</summary>
public static unsafe class InfoRecord
{
    /// <summary>Version of the protocol; a host refuses another one.</summary>
    public const int Major = 1;

    /// <summary>Version, minor part.</summary>
    public const int Minor = 0;

    /// <summary>Bytes of the record.</summary>
    public const int Bytes = BoardNameAt + NameBytes;

    /// <summary>Most characters of the board's name.</summary>
    public const int NameBytes = 20;

    /// <summary>Flag: only signed models run.</summary>
    public const int OnlySigned = 1;

    /// <summary>Flag: the model that runs can learn.</summary>
    public const int CanLearn = 2;

    /// <summary>Flag: a saved delta was applied.</summary>
    public const int DeltaApplied = 4;

    /// <summary>Flag: the last start was after a fault.</summary>
    public const int AfterFault = 8;

    internal const int ProtocolMajorAt = 0x00;
    internal const int ProtocolMinorAt = 0x01;
    internal const int MaxPayloadAt = 0x02;
    internal const int SlotBytesAt = 0x04;
    internal const int EraseBytesAt = 0x08;
    internal const int PageBytesAt = 0x0C;
    internal const int FreeBytesAt = 0x10;
    internal const int TicksPerSecondAt = 0x14;
    internal const int ActiveSlotAt = 0x18;
    internal const int BootResultAt = 0x19;
    internal const int BoardFlagsAt = 0x1A;
    internal const int InfoReservedAt = 0x1B;
    internal const int DroppedAt = 0x1C;
    internal const int StackBytesAt = 0x20;
    internal const int FaultStatusAt = 0x24;
    internal const int FaultAtAt = 0x28;
    internal const int BuiltInAt = 0x2C;
    internal const int BoardNameAt = 0x3C;

    /// <summary>The answer is the record.</summary>
    internal static int Write(Bytes board)
    {
        Answer.Add(board, Major | Minor << 8 | BoardState.MaxPayload << 16);
        Answer.Add(board, Platform.AreaBytes(FlashArea.FirstSlot));
        Answer.Add(board, Platform.EraseBytes);
        Answer.Add(board, Platform.PageBytes);
        Answer.Add(board, Platform.FreeBytes);
        Answer.Add(board, Platform.TicksPerSecond);
        Answer.Add(
            board, BoardState.Get(board, BoardState.ActiveAt) | BoardState.Get(board, BoardState.BootResultAt) << 8 | Flags(board) << 16);
        Answer.Add(board, BoardState.Get(board, BoardState.DroppedAt));
        Answer.Add(board, Platform.StackBytes);
        Answer.Add(board, Platform.FaultStatus);
        Answer.Add(board, Platform.FaultAt);
        for (int code = 0; code < 128; code += 32) Answer.Add(board, BuiltIn(code));
        for (int i = 0; i < NameBytes; i += 4)
            Answer.Add(
                board,
                Platform.NameByte(i) | Platform.NameByte(i + 1) << 8 | Platform.NameByte(i + 2) << 16 | Platform.NameByte(i + 3) << 24);
        return Status.Done;
    }

    /// <summary>A bit for each of 32 operator codes.</summary>
    private static int BuiltIn(int first)
    {
        int bits = 0;
        for (int i = 0; i < 32; i++)
            if (OperatorTable.IsBuiltIn(first + i)) bits |= 1 << i;
        return bits;
    }

    private static int Flags(Bytes board)
    {
        int flags = Signature.IsRequired ? OnlySigned : 0, active = BoardState.Get(board, BoardState.ActiveAt);
        if (active != BoardState.NoSlot && Learning.Fits(Platform.Flash(active))) flags |= CanLearn;
        if (BoardState.Get(board, BoardState.DeltaAppliedAt) != 0) flags |= DeltaApplied;
        return Platform.FaultStatus != 0 ? flags | AfterFault : flags;
    }
}
