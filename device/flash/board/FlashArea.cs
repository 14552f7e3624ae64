namespace EdgeCnn.Board;

/// <summary>The pieces that flash is divided into, each of whole erase blocks, or less than one of them; and the rules of flash: an erase
/// makes a block blank (all bits set), and a page is written once after it.</summary>
public static unsafe class FlashArea
{
    /// <summary>Two slots, for a model each.</summary>
    public const int FirstSlot = 0;

    /// <summary>Two blocks of the journal.</summary>
    public const int FirstJournal = 2;

    /// <summary>Two areas for a delta.</summary>
    public const int FirstDelta = 4;

    /// <summary>Number of areas.</summary>
    public const int Count = 6;

    /// <summary>What a write returns when everything reads back.</summary>
    internal const int Written = -1;

    /// <summary>Bytes that a record takes: whole pages of it.</summary>
    internal static int RecordBytes => Platform.PageBytes < 16 ? 16 : Platform.PageBytes;

    /// <summary>Offset of the first byte from <paramref name="from"/> on that is not blank, or <paramref name="to"/>. Multiples of
    /// 4.</summary>
    internal static int BlankUntil(int area, int from, int to)
    {
        Bytes flash = Platform.Flash(area);
        int at = from;
        while (at < to && Memory.Int32(flash, at) == -1) at += 4;
        while (at < to && flash[at] == 0xFF) at++;
        return at;
    }

    /// <summary>End of the last page that is not blank.</summary>
    internal static int End(int area)
    {
        Bytes flash = Platform.Flash(area);
        int end = Platform.AreaBytes(area);
        while (end > 0 && Memory.Int32(flash, end - 4) == -1) end -= 4;
        return (end + Platform.PageBytes - 1) & -Platform.PageBytes;
    }

    /// <summary>Makes the blocks blank that hold bytes 0 to <paramref name="bytes"/> − 1.</summary>
    /// <returns><see cref="Written"/>, or where it is not blank.</returns>
    internal static int Erase(int area, int bytes)
    {
        int failed = Written;
        for (int at = 0; at < bytes && failed == Written; at += Platform.EraseBytes) failed = EraseBlock(area, at);
        return failed;
    }

    /// <summary>Makes the block at <paramref name="offset"/> blank.</summary>
    internal static int EraseBlock(int area, int offset)
    {
        Platform.EraseBlock(area, offset);
        int end = offset + Platform.EraseBytes, bytes = Platform.AreaBytes(area);
        if (end > bytes) end = bytes;
        int blank = BlankUntil(area, offset, end);
        return blank == end ? Written : blank;
    }

    /// <summary>Writes bytes to blank pages, the last one filled up with ones. They pass through the payload of the answer.</summary>
    /// <returns><see cref="Written"/>, or where they do not read back.</returns>
    internal static int Write(Bytes board, int area, int offset, Bytes from, int start, int count)
    {
        int failed = Written;
        for (int done = 0; done < count && failed == Written; done += Platform.PageBytes)
        {
            int bytes = count - done < Platform.PageBytes ? count - done : Platform.PageBytes;
            Memory.Fill(board, BoardState.AnswerPayloadAt, Platform.PageBytes, 0xFF);
            Memory.Copy(from, start + done, board, BoardState.AnswerPayloadAt, bytes);
            failed = WritePage(area, offset + done, board, BoardState.AnswerPayloadAt);
        }
        return failed;
    }

    /// <summary>Writes a page.</summary>
    internal static int WritePage(int area, int offset, Bytes from, int at)
    {
        Platform.Program(area, offset, from, at);
        int differs = FirstDifference(area, offset, from, at);
        return differs == Platform.PageBytes ? Written : offset + differs;
    }

    /// <summary>Bytes of a page that are as in <paramref name="from"/>.</summary>
    internal static int FirstDifference(int area, int offset, Bytes from, int at)
    {
        Bytes flash = Platform.Flash(area);
        int i = 0;
        while (i < Platform.PageBytes && flash[offset + i] == from[at + i]) i++;
        return i;
    }
}
