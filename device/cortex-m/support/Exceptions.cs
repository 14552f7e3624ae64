using System;
using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>Says why the processor stopped. Numbers and bits: Armv7-M Architecture Reference Manual, B1.5 and B3.2.15.</summary>
internal static class Exceptions
{
    /// <summary>Entered from reset.S with a fresh stack.</summary>
    /// <param name="number">Exception number (IPSR).</param>
    /// <param name="status">Configurable fault status register.</param>
    /// <param name="programCounter">Where it happened; 0 when the processor could not note that, as after a stack overflow.</param>
    [RuntimeExport("report_exception")]
    private static void Report(uint number, uint status, uint programCounter)
    {
        Semihosting.Write(Name(number));
        Semihosting.Write(", status "u8);
        Semihosting.WriteHex(status, 8);
        Semihosting.Write(" at "u8);
        Semihosting.WriteHex(programCounter, 8);
        Semihosting.Write("\n"u8);
        Semihosting.Exit(1);
    }

    private static ReadOnlySpan<byte> Name(uint number) => number switch
    {
        2 => "non-maskable interrupt"u8,
        3 => "hard fault"u8,
        4 => "memory management fault"u8,
        5 => "bus fault"u8,
        6 => "usage fault"u8,
        7 => "secure fault"u8,
        _ => "unexpected exception"u8,
    };
}
