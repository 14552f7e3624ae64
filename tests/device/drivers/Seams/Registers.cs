using EdgeCnn.Device.Tests.Simulated;

namespace EdgeCnn.Device;

/// <summary>Registers of the simulated chip at work.</summary>
internal static class Registers
{
    internal static uint Read(uint address) => Bus.Current.Read(address);

    internal static void Write(uint address, uint value) => Bus.Current.Write(address, value);

    internal static void Set(uint address, uint bits) => Write(address, Read(address) | bits);
}
