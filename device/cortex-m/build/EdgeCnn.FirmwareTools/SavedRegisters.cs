using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// ilc saves the frame pointer in every function, and with it push and pop take four bytes. Where nothing writes it, another register
/// whose value nobody needs behind the function keeps its place on the stack: two bytes each.
/// </summary>
internal static class SavedRegisters
{
    private const int FramePointerBit = 1 << Instruction.FramePointer, LowRegisters = 0xFF;

    /// <summary>The lines with shorter pushes and pops.</summary>
    internal static List<Line> Shortened(List<Line> lines)
    {
        Instruction[] ends = [.. lines.Where(line => !line.IsLabel && line.From.SavedRegisters != 0).Select(line => line.From)];
        if (ends.Length == 0 || lines.Any(line => line.From.Touches(Instruction.FramePointer))) return lines;
        int saved = ends[0].SavedRegisters;
        if (ends.Any(one => one.SavedRegisters != saved || !one.PushesOrReturns)) return lines;
        // r2 and r3 hold no result. With another register at the bottom, each keeps its place or one of its own.
        int free = (saved & 1 << 3) == 0 ? 1 << 3 : 1 << 2;
        int low = saved & ~FramePointerBit | free;
        if ((saved & FramePointerBit) == 0 || (saved & free) != 0 || (low & ~LowRegisters) != 0) return lines;
        return [.. lines.Select(line => line.IsLabel || line.From.SavedRegisters == 0 ? line : Line.Of(line.From.WithSaved(low)))];
    }
}
