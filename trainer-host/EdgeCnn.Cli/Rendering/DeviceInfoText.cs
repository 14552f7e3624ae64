using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>device info</c> says.</summary>
internal static class DeviceInfoText
{
    private static readonly Dictionary<string, string> s_words = new()
    {
        ["Newest"] = "with the model that was activated last",
        ["FellBack"] = "with the other slot: the model that was activated last is refused",
        ["First"] = "with the first model that is whole",
        ["Nothing"] = "without a model",
        ["SignedOnly"] = "runs signed models only",
        ["CanLearn"] = "can learn",
        ["DeltaApplied"] = "a saved delta is applied",
        ["AfterFault"] = "the last start was after a fault",
    };

    public static void Write(IAnsiConsole console, DeviceInfoResult result)
    {
        List<(string, string)> facts =
        [
            ("board", $"{result.Name}, {result.Port}, protocol {result.Protocol}"),
            ("memory", $"{Number(result.FreeBytes)} bytes for models; slots of {Number(result.SlotBytes)}, blocks of {Number(result.EraseBytes)}, pages of {result.PageBytes}"),
            ("runs", result.ActiveSlot is { } slot ? $"slot {slot}" : "no model"),
            ("last start", s_words.GetValueOrDefault(result.BootResult, result.BootResult)),
        ];
        foreach (DeviceSlotResult held in result.Slots)
            facts.Add(($"slot {held.Slot}", held.ModelId is null ? Nothing(held) : $"{held.ModelId}, {Number(held.FileBytes)} bytes"));
        if (result.Traits.Count > 0) facts.Add(("state", string.Join("; ", result.Traits.Select(trait => s_words[trait]))));
        if (result.FaultStatus != 0) facts.Add(("last fault", $"status 0x{result.FaultStatus:x8} at 0x{result.FaultAt:x8}"));
        facts.Add(("since start", $"{Number(result.Dropped)} frames dropped{(result.StackBytes == 0 ? "" : $", {Number(result.StackBytes)} bytes of stack")}"));
        facts.Add(("clock", result.TicksPerSecond == 0 ? "none" : $"{Number(result.TicksPerSecond)} ticks per second"));
        facts.Add(("operators", string.Join(", ", result.Operators)));
        Facts.Write(console, [.. facts]);
    }

    private static string Nothing(DeviceSlotResult held) => held.WrittenBytes == 0 ? "blank" : $"no model; {Number(held.WrittenBytes)} bytes of something";

    private static string Number(long value) => value.ToString("n0", CultureInfo.InvariantCulture);
}
