using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>A firmware with this computes with floating-point numbers.</summary>
internal static class Floating
{
    [RuntimeExport("halve")]
    private static int Halve(int a) => (int)(a * 0.5f);
}
