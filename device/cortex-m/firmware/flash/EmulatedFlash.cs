namespace EdgeCnn.Device;

/// <summary>Flash that is RAM, on boards that load their program into RAM: an erase sets all bits, programming only clears them.</summary>
internal static unsafe partial class FlashMemory
{
    /// <summary>Makes a block blank.</summary>
    internal static void Erase(uint address) => Memory.Fill((byte*)address, 0, BoardSettings.EraseBytes, 0xFF);

    /// <summary>Writes a page.</summary>
    internal static void Program(uint address, byte* from)
    {
        byte* page = (byte*)address;
        for (int i = 0; i < BoardSettings.PageBytes; i++) page[i] &= from[i];
    }
}
