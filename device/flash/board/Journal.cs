namespace EdgeCnn.Board;

/// <summary>Which slot runs, as records in two blocks of flash (PROTOCOL.md, "Flash"): a record that was not written to its end does not
/// count, so power may go at any time.</summary>
internal static unsafe class Journal
{
    internal const int Magic = 0x4A4E4345;

    internal const int RecordMagicAt = 0x00;
    internal const int SequenceAt = 0x04;
    internal const int RecordSlotAt = 0x08;
    internal const int RecordCrcAt = 0x0C;
    internal const int Bytes = 0x10;

    /// <summary>Finds the newest record, and the place for the next one.</summary>
    internal static void Find(Bytes board)
    {
        int slot = BoardState.NoSlot, sequence = 0, area = FlashArea.FirstJournal;
        for (int block = FlashArea.FirstJournal; block < FlashArea.FirstJournal + 2; block++)
            for (int at = 0; at < Platform.AreaBytes(block); at += FlashArea.RecordBytes)
            {
                Bytes flash = Platform.Flash(block);
                if (!IsRecord(flash, at, Magic)) continue;
                int found = Memory.Int32(flash, at + SequenceAt);
                if (slot != BoardState.NoSlot && found - sequence < 0) continue;
                slot = Memory.Int32(flash, at + RecordSlotAt) & 1;
                sequence = found;
                area = block;
            }
        BoardState.Set(board, BoardState.RecordSlotAt, slot);
        BoardState.Set(board, BoardState.SequenceAt, sequence);
        BoardState.Set(board, BoardState.JournalAreaAt, area);
        BoardState.Set(board, BoardState.JournalPlaceAt, (FlashArea.End(area) + FlashArea.RecordBytes - 1) & -FlashArea.RecordBytes);
    }

    /// <summary>Writes that <paramref name="slot"/> runs, unless the newest record says so.</summary>
    /// <returns>A <see cref="Status"/>.</returns>
    internal static int Note(Bytes board, int slot)
    {
        if (BoardState.Get(board, BoardState.RecordSlotAt) == slot) return Status.Done;
        int area = BoardState.Get(board, BoardState.JournalAreaAt), place = BoardState.Get(board, BoardState.JournalPlaceAt);
        int failed = FlashArea.Written;
        if (place >= Platform.AreaBytes(area))
        {
            area = FlashArea.FirstJournal + FlashArea.FirstJournal + 1 - area;
            place = 0;
            failed = FlashArea.Erase(area, Platform.AreaBytes(area));
        }
        int sequence = BoardState.Get(board, BoardState.SequenceAt) + 1;
        if (failed == FlashArea.Written) failed = WriteRecord(board, area, place, Magic, sequence, slot);
        // Also after a failure: what lies there now is not blank.
        BoardState.Set(board, BoardState.JournalAreaAt, area);
        BoardState.Set(board, BoardState.JournalPlaceAt, place + FlashArea.RecordBytes);
        if (failed != FlashArea.Written) return Answer.Fail(board, Status.FlashFailed, failed);
        BoardState.Set(board, BoardState.SequenceAt, sequence);
        BoardState.Set(board, BoardState.RecordSlotAt, slot);
        return Status.Done;
    }

    /// <summary>Whether a record lies at <paramref name="at"/>: a magic number, a sequence, a value, and their CRC.</summary>
    internal static bool IsRecord(Bytes flash, int at, int magic) =>
        Memory.Int32(flash, at + RecordMagicAt) == magic
        && Memory.Int32(flash, at + RecordCrcAt) == (int)Crc32.Of(flash, at, RecordCrcAt);

    /// <summary>Writes such a record.</summary>
    /// <returns><see cref="FlashArea.Written"/>, or where it does not read back.</returns>
    internal static int WriteRecord(Bytes board, int area, int offset, int magic, int sequence, int value)
    {
        int record = BoardState.ScratchAt;
        Memory.SetInt32(board, record + RecordMagicAt, magic);
        Memory.SetInt32(board, record + SequenceAt, sequence);
        Memory.SetInt32(board, record + RecordSlotAt, value);
        Memory.SetInt32(board, record + RecordCrcAt, (int)Crc32.Of(board, record, RecordCrcAt));
        return FlashArea.Write(board, area, offset, board, record, Bytes);
    }
}
