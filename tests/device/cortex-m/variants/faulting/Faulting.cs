using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>Reads where no memory is, before the program starts.</summary>
internal static unsafe class Faulting
{
    private const uint NoMemory = 0x70000000;

    [RuntimeExport("board_setup")]
    private static void Setup() => Semihosting.Write(*(int*)NoMemory);
}
