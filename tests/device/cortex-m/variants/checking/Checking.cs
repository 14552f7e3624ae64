using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>A firmware with this can throw.</summary>
internal static class Checking
{
    [RuntimeExport("add")]
    private static int Add(int a, int b) => checked(a + b);
}
