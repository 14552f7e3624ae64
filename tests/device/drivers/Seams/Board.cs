using EdgeCnn.Device.Tests;

namespace EdgeCnn.Device;

/// <summary>The numbers of the board at work, which the firmware's build makes constants of.</summary>
internal static class Board
{
    internal static uint Slots => BoardFile.Current[nameof(Slots)];

    internal static uint SlotBytes => BoardFile.Current[nameof(SlotBytes)];

    internal static uint Journal => BoardFile.Current[nameof(Journal)];

    internal static uint JournalBytes => BoardFile.Current[nameof(JournalBytes)];

    internal static uint Deltas => BoardFile.Current[nameof(Deltas)];

    internal static uint DeltaBytes => BoardFile.Current[nameof(DeltaBytes)];

    internal static uint EraseBytes => BoardFile.Current[nameof(EraseBytes)];

    internal static uint PageBytes => BoardFile.Current[nameof(PageBytes)];

    internal static uint SmallSectorBytes => BoardFile.Current[nameof(SmallSectorBytes)];

    internal static uint NvmcBase => BoardFile.Current[nameof(NvmcBase)];

    internal static uint NvmcErasePage => BoardFile.Current[nameof(NvmcErasePage)];

    internal static uint UartBase => BoardFile.Current[nameof(UartBase)];

    internal static uint UartClock => BoardFile.Current[nameof(UartClock)];

    internal static uint UartEnable => BoardFile.Current[nameof(UartEnable)];

    internal static uint UartEnableBit => BoardFile.Current[nameof(UartEnableBit)];

    internal static uint PinClock => BoardFile.Current[nameof(PinClock)];

    internal static uint PinClockBit => BoardFile.Current[nameof(PinClockBit)];

    internal static uint PinPort => BoardFile.Current[nameof(PinPort)];

    internal static uint TransmitPin => BoardFile.Current[nameof(TransmitPin)];

    internal static uint ReceivePin => BoardFile.Current[nameof(ReceivePin)];

    internal static uint CrystalStart => BoardFile.Current[nameof(CrystalStart)];
}
