using System.Text;
using EdgeCnn.Device;

namespace EdgeCnn.Pi;

/// <summary>Faults of the core as texts, and texts as the C library takes them.</summary>
internal static class FaultWords
{
    /// <summary>What is wrong, and what to do.</summary>
    public static string Words(this Fault fault) => Encoding.UTF8.GetString(Faults.Text(fault));

    /// <summary>UTF-8 with a byte 0 at its end.</summary>
    public static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
