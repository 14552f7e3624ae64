using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>Flash that is RAM, on boards that load their program into RAM: an erase sets all bits, programming only clears them.</summary>
internal static unsafe class EmulatedFlash
{
    /// <summary>Makes blank what the emulator has just made, and filled with zeros: a new chip's flash is. Whatever is written here begins
    /// with something else, a model that was loaded with the program too.</summary>
    internal static void Start()
    {
        for (int area = 0; area < FlashArea.Count; area++)
        {
            byte* first = FlashMemory.Address(area);
            if (*(int*)first == 0) Memory.Fill(first, 0, FlashMemory.AreaBytes(area), 0xFF);
        }
    }

    /// <summary>Makes a block blank.</summary>
    internal static void Erase(uint address) => Memory.Fill((byte*)address, 0, (int)Board.EraseBytes, 0xFF);

    /// <summary>Writes a page.</summary>
    internal static void Program(uint address, byte* from)
    {
        for (int i = 0; i < (int)Board.PageBytes; i++) ((byte*)address)[i] &= from[i];
    }
}
