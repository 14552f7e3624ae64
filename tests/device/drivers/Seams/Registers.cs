using EdgeCnn.Device.Tests.Simulated;

namespace EdgeCnn.Device;

/// <summary>Registers of the simulated chip at work.</summary>
internal static class Registers
{
    internal static uint Read(uint address) => Chip.Current.Read(address);

    internal static void Write(uint address, uint value) => Chip.Current.Write(address, value);
}
