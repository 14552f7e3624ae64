using EdgeCnn.Device.Tests.Simulated;

namespace EdgeCnn.Device;

/// <summary>The assembly routine that reads flash words without a fault.</summary>
internal static class Stm32H7FlashWords
{
    internal static void Touch(uint address, uint bytes) => ((Stm32H7Chip)Bus.Current).Touch(address, bytes);
}

/// <summary>The assembly routines that call functions of the ROM out of RAM.</summary>
internal static unsafe class Rp2350FlashRam
{
    internal static byte** Work() => ((Rp2350Chip)Bus.Current).Work;

    internal static byte* Run(byte** calls, int count) => ((Rp2350Chip)Bus.Current).Run(calls, count);
}

/// <summary>The assembly routine that says where the bytes of the serial line are.</summary>
internal static class NordicUarteBuffer
{
    internal static uint Address() => SimulatedUarte.RamAt;
}
