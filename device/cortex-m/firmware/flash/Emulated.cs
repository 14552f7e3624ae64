using EdgeCnn.Board;

namespace EdgeCnn.Device;

/// <summary>Flash that is RAM, on boards that load their program into RAM: an erase sets all bits, programming only clears them.</summary>
internal static unsafe partial class FlashMemory
{
    /// <summary>Makes all of it blank where the emulator has just made it: a new chip's flash is.</summary>
    internal static void Start()
    {
        int* journal = (int*)Address(FlashArea.FirstJournal);
        for (int i = 0; i < 4; i++)
            if (journal[i] != 0) return;
        for (byte* block = Address(0); block < Address(FlashArea.Count); block += (int)Board.EraseBytes) Erase(block);
    }

    /// <summary>Makes a block blank.</summary>
    internal static void Erase(byte* block) => Memory.Fill(block, 0, (int)Board.EraseBytes, 0xFF);

    /// <summary>Writes a page.</summary>
    internal static void Program(byte* page, byte* from)
    {
        for (int i = 0; i < (int)Board.PageBytes; i++) page[i] &= from[i];
    }
}
