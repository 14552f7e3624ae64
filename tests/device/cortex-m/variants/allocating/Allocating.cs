using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>A firmware with this allocates.</summary>
internal static class Allocating
{
    [RuntimeExport("board_setup")]
    private static object Allocate() => new();
}
