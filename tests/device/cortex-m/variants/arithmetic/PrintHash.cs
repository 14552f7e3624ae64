using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>Prints the hash before the program starts.</summary>
internal static class PrintHash
{
    [RuntimeExport("board_setup")]
    private static void Setup()
    {
        Semihosting.WriteHex(IntegerArithmetic.Hash(), 16);
        Semihosting.Write("\n"u8);
    }
}
