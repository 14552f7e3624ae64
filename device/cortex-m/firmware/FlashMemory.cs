using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>How flash is divided: two slots, two journal blocks, two areas for deltas. The board's file says where each pair
/// begins.</summary>
internal static unsafe class FlashMemory
{
    /// <summary>First byte of an area.</summary>
    internal static byte* Address(int area)
    {
        uint address = Board.Slots;
        if (area >= FlashArea.FirstJournal) address = Board.Journal;
        if (area >= FlashArea.FirstDelta) address = Board.Deltas;
        return (byte*)address + (area & 1) * AreaBytes(area);
    }

    /// <summary>Bytes of an area.</summary>
    internal static int AreaBytes(int area) =>
        (int)(area < FlashArea.FirstJournal ? Board.SlotBytes : area < FlashArea.FirstDelta ? Board.JournalBytes : Board.DeltaBytes);
}
