using System.Collections.Generic;

namespace EdgeCnn.Cli.Results;

/// <summary>What a board says of itself.</summary>
/// <param name="Port">The line to it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Protocol">The version that it speaks.</param>
/// <param name="FreeBytes">RAM for models.</param>
/// <param name="SlotBytes">Size of a slot.</param>
/// <param name="EraseBytes">What one erase makes blank.</param>
/// <param name="PageBytes">The smallest piece that flash takes.</param>
/// <param name="TicksPerSecond">Of its clock; 0 without one.</param>
/// <param name="ActiveSlot">The slot that runs; null without a model.</param>
/// <param name="BootResult">Why that one.</param>
/// <param name="Traits">What it demands, can do, and went through.</param>
/// <param name="Dropped">Frames that it dropped since it started.</param>
/// <param name="StackBytes">Deepest stack since then; 0: not measured.</param>
/// <param name="FaultStatus">Of the last fault; 0: none.</param>
/// <param name="FaultAt">Its program counter.</param>
/// <param name="Slots">What the slots hold.</param>
/// <param name="Operators">The operators that are built in.</param>
internal sealed record DeviceInfoResult(
    string Port, string Name, string Protocol, int FreeBytes, int SlotBytes, int EraseBytes, int PageBytes, uint TicksPerSecond, int? ActiveSlot,
    string BootResult, IReadOnlyList<string> Traits, uint Dropped, uint StackBytes, uint FaultStatus, uint FaultAt,
    IReadOnlyList<DeviceSlotResult> Slots, IReadOnlyList<string> Operators);

/// <summary>A slot: end of what was written, size of its model and the model's identity, null without one.</summary>
internal sealed record DeviceSlotResult(int Slot, int WrittenBytes, int FileBytes, string? ModelId, bool Active);
