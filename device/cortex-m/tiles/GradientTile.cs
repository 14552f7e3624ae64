using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>The micro-kernel of runtime/Tiles/GradientTile.cs for processors with the DSP extension: the same sums, from
/// gradient.S.</summary>
internal static unsafe class GradientTile
{
    /// <summary>sums[k] += factor · row[k], k = 0 … count − 1, modulo 2³².</summary>
    internal static void AddScaled(byte* sums, int sumsAt, int factor, byte* row, int rowAt, int count) =>
        AddScaled((int*)(sums + sumsAt), factor, row + rowAt, count);

    /// <summary>sums[k] += row[k], both 32 bits wide.</summary>
    internal static void Add(byte* sums, int sumsAt, byte* row, int rowAt, int count) =>
        AddRow((int*)(sums + sumsAt), (int*)(row + rowAt), count);

    [RuntimeImport("*", "add_scaled"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void AddScaled(int* sums, int factor, byte* row, int count);

    [RuntimeImport("*", "add_row"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void AddRow(int* sums, int* row, int count);
}
