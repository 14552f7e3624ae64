using System;
using System.Linq;
using EdgeCnn.Cli.Results;
using EdgeCnn.Flash.Board;

namespace EdgeCnn.Cli.Devices;

/// <summary>Collects what a board says of itself and of its slots.</summary>
internal static class BoardFacts
{
    private const int Slots = 2;

    public static DeviceInfoResult Of(BoardClient board)
    {
        BoardInfo info = board.Info;
        return new DeviceInfoResult(
            board.Port, info.Name, $"{info.Major}.{info.Minor}", info.FreeBytes, info.SlotBytes, info.EraseBytes, info.PageBytes,
            info.TicksPerSecond, info.ActiveSlot, $"{info.BootResult}",
            [.. Enum.GetValues<BoardTraits>().Where(trait => trait != BoardTraits.None && info.Flags.HasFlag(trait)).Select(trait => $"{trait}")],
            info.Dropped, info.StackBytes, info.FaultStatus, info.FaultAt,
            [.. Enumerable.Range(0, Slots).Select(slot => Describe(board.Slot(slot), info))],
            [.. info.Operators.Order().Select(OperatorNames.Of)]);
    }

    private static DeviceSlotResult Describe(SlotInfo slot, BoardInfo info) =>
        new(slot.Slot, slot.Written, slot.FileBytes, slot.FileBytes == 0 ? null : slot.ModelId, slot.Slot == info.ActiveSlot);
}
