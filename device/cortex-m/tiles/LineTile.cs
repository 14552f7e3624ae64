using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>The micro-kernel of runtime/Tiles/LineTile.cs for processors that load and store words anywhere, from lines.S.</summary>
internal static unsafe class LineTile
{
    /// <summary>Copies <paramref name="lines"/> lines of <paramref name="count"/> bytes, one of each at least.</summary>
    internal static void Copy(byte* arena, int from, int line, int to, int pitch, int count, int lines) =>
        Copy(arena + from, line, arena + to, pitch, count, lines);

    [RuntimeImport("*", "copy_lines"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Copy(byte* from, int line, byte* to, int pitch, int count, int lines);
}
