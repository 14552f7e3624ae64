using System;
using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>Says why the processor stopped. Numbers and bits: Armv7-M Architecture Reference Manual, B1.5 and B3.2.15.</summary>
internal static unsafe class Exceptions
{
    private const uint StackingFailed = 1 << 4 | 1 << 12; // MSTKERR, STKERR: the frame was not written
    private const int FrameProgramCounter = 6;

    /// <summary>Entered from reset.S with a fresh stack.</summary>
    /// <param name="number">Exception number (IPSR).</param>
    /// <param name="status">Configurable fault status register.</param>
    /// <param name="frame">r0–r3, r12, lr, pc, xpsr at the fault.</param>
    [RuntimeExport("report_exception")]
    private static void Report(uint number, uint status, uint* frame)
    {
        Semihosting.Write(Name(number));
        Semihosting.Write(", status "u8);
        Semihosting.WriteHex(status, 8);
        if ((status & StackingFailed) != 0)
            Semihosting.Write(", stack overflow"u8);
        else
        {
            Semihosting.Write(" at "u8);
            Semihosting.WriteHex(frame[FrameProgramCounter], 8);
        }
        Semihosting.Fail("\n"u8);
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
