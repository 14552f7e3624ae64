using System.Runtime;
namespace EdgeCnn.Device;

internal static class Program
{
    [RuntimeExport("main")]
    private static int Main()
    {
        Semihosting.Write("hello "u8);
        Semihosting.Write(-1234567890);
        Semihosting.WriteHex(0x0123456789abcdef, 16);
        Semihosting.Write("\n"u8);
        long a = 0x123456789abL; int n = a > 5 ? (int)(a & 63) : 3;
        for (int i = 0; i < 64; i += 9) { Semihosting.WriteHex((ulong)((a * -77777777777L) >> i), 16); Semihosting.WriteHex((ulong)((a * -77777777777L) << i), 16); Semihosting.WriteHex((ulong)((a * -77777777777L) >>> i), 16); Semihosting.Write("\n"u8); }
        Semihosting.WriteHex((ulong)(a * -77777777777L / n), 16);
        return 3;
    }
}
