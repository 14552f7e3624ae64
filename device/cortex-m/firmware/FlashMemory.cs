using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>How the flash behind the program is divided: slot 0, slot 1, two journal blocks, two delta areas.</summary>
internal static unsafe partial class FlashMemory
{
    /// <summary>First byte of an area.</summary>
    internal static byte* Address(int area)
    {
        uint address = Board.StorageBase;
        for (int i = 0; i < area; i++) address += (uint)AreaBytes(i);
        return (byte*)address;
    }

    /// <summary>Bytes of an area.</summary>
    internal static int AreaBytes(int area)
    {
        if (area < FlashArea.FirstJournal) return (int)Board.SlotBytes;
        return (int)(area < FlashArea.FirstDelta ? Board.EraseBytes : Board.DeltaBytes);
    }
}
