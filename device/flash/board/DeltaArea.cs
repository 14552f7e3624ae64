namespace EdgeCnn.Board;

/// <summary>What was learned and saved, in one of two areas of flash (PROTOCOL.md, "Flash"): the other one keeps what was saved before,
/// until all of the new is written.</summary>
internal static unsafe class DeltaArea
{
    internal const int Magic = 0x414E4345;

    internal const int AreaMagicAt = Journal.RecordMagicAt;
    internal const int AreaSequenceAt = Journal.SequenceAt;
    internal const int AreaBytesAt = Journal.RecordSlotAt;
    internal const int AreaCrcAt = Journal.RecordCrcAt;

    /// <summary>Where nothing was ever saved.</summary>
    internal const int None = 0;

    private const int Both = FlashArea.FirstDelta + FlashArea.FirstDelta + 1;

    /// <summary>Most bytes of a delta.</summary>
    internal static int Capacity => Platform.AreaBytes(FlashArea.FirstDelta) - FlashArea.RecordBytes;

    /// <summary>The area that was written last, or <see cref="None"/>.</summary>
    internal static int Newest()
    {
        bool first = IsValid(FlashArea.FirstDelta), second = IsValid(FlashArea.FirstDelta + 1);
        if (!second) return first ? FlashArea.FirstDelta : None;
        return first && Sequence(FlashArea.FirstDelta) - Sequence(FlashArea.FirstDelta + 1) > 0
            ? FlashArea.FirstDelta
            : FlashArea.FirstDelta + 1;
    }

    /// <summary>Bytes of the delta in an area; it begins behind the header.</summary>
    internal static int Length(int area) => Memory.Int32(Platform.Flash(area), AreaBytesAt);

    /// <summary>Writes a delta, which is at most <see cref="Capacity"/> bytes; none: what was saved before is dropped.</summary>
    /// <returns>A <see cref="Status"/>.</returns>
    internal static int Save(Bytes board, Bytes delta, int bytes)
    {
        int newest = Newest(), area = newest == None ? FlashArea.FirstDelta : Both - newest;
        int sequence = newest == None ? 0 : Sequence(newest) + 1;
        int failed = FlashArea.Erase(area, FlashArea.RecordBytes + bytes);
        if (failed == FlashArea.Written) failed = FlashArea.Write(board, area, FlashArea.RecordBytes, delta, 0, bytes);
        if (failed == FlashArea.Written) failed = Journal.WriteRecord(board, area, 0, Magic, sequence, bytes);
        return failed == FlashArea.Written ? Status.Done : Answer.Fail(board, Status.FlashFailed, failed);
    }

    private static int Sequence(int area) => Memory.Int32(Platform.Flash(area), AreaSequenceAt);

    private static bool IsValid(int area) =>
        Journal.IsRecord(Platform.Flash(area), 0, Magic) && (uint)Length(area) <= (uint)Capacity;
}
