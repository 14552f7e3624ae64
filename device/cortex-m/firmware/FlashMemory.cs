using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>How the flash behind the program is divided: slot 0, slot 1, two journal blocks, two delta areas.</summary>
internal static unsafe partial class FlashMemory
{
    /// <summary>First byte of an area.</summary>
    internal static uint Address(int area)
    {
        uint address = BoardSettings.FlashOrigin + BoardSettings.ProgramBytes;
        for (int i = 0; i < area; i++) address += (uint)AreaBytes(i);
        return address;
    }

    /// <summary>Bytes of an area.</summary>
    internal static int AreaBytes(int area)
    {
        if (area >= FlashArea.FirstDelta) return BoardSettings.DeltaBytes;
        return area >= FlashArea.FirstJournal ? BoardSettings.EraseBytes : BoardSettings.SlotBytes;
    }
}
