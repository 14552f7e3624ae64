using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn.Device;

/// <summary>Registers of the chip, by address: every access happens, once, in the order of the program, and a write is complete before the
/// next statement.</summary>
internal static class Registers
{
    /// <summary>What a register holds.</summary>
    [RuntimeImport("*", "read_register"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint Read(uint address);

    /// <summary>Writes a register; or a word of flash that is being programmed.</summary>
    [RuntimeImport("*", "write_register"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Write(uint address, uint value);

    /// <summary>Sets bits, and leaves the others.</summary>
    internal static void Set(uint address, uint bits) => Write(address, Read(address) | bits);
}
