using System;
using System.IO;
using System.Linq;

namespace EdgeCnn.Pi.Models;

/// <summary>What is in a slot.</summary>
/// <param name="Slot">Its name.</param>
/// <param name="ModelId">The model's id; empty when its header can't be read.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="At">When it was installed.</param>
/// <param name="IsRunning">Whether it runs.</param>
/// <param name="IsOnTrial">Whether it is not yet trusted.</param>
internal sealed record SlotInfo(char Slot, string ModelId, long Bytes, DateTime At, bool IsRunning, bool IsOnTrial)
{
    /// <summary>Looks into all slots that hold a file.</summary>
    public static SlotInfo[] ReadAll(Slots slots) =>
    [
        .. from slot in Slots.Names
           let file = new FileInfo(slots.PathOf(slot))
           where file.Exists
           let isRunning = slot == slots.State?.Running
           select new SlotInfo(
               slot, ModelHealth.Id(file.FullName), file.Length, file.LastWriteTimeUtc, isRunning, isRunning && slots.State!.IsOnTrial),
    ];
}
