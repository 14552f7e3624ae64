namespace EdgeCnn.Board;

/// <summary>What a board has to offer: memory, a clock, a line. Builds without interfaces have a static class <c>Platform</c> with the same
/// members.</summary>
public unsafe interface IPlatform
{
    /// <summary>What an erase makes blank at once; a power of two.</summary>
    int EraseBytes { get; }

    /// <summary>What is written at once, once after an erase; a power of two, 4 to 1,024.</summary>
    int PageBytes { get; }

    /// <summary>RAM for inference, learning, reports and deltas: at <see cref="Arena"/>, at a multiple of 16.</summary>
    int FreeBytes { get; }

    /// <summary>The first byte of it.</summary>
    Bytes Arena { get; }

    /// <summary>Ticks of the runtime's clock; 0: there is none.</summary>
    int TicksPerSecond { get; }

    /// <summary>Deepest stack since the start; 0: not measured.</summary>
    int StackBytes { get; }

    /// <summary>The last fault, as the processor states it; 0: the last start was not after one.</summary>
    int FaultStatus { get; }

    /// <summary>Program counter of the last fault.</summary>
    int FaultAt { get; }

    /// <summary>A letter of the board's name, ASCII; 0 behind its end.</summary>
    int NameByte(int index);

    /// <summary>The key whose owner signs the models that run, <see cref="SignCheck.KeyBytes"/> bytes; null: anybody's run.</summary>
    Bytes PublicKey { get; }

    /// <summary>First byte of an area (<see cref="FlashArea"/>), at a multiple of 16; flash reads as memory.</summary>
    Bytes Flash(int area);

    /// <summary>Bytes of an area, a multiple of <see cref="EraseBytes"/>, or of <see cref="PageBytes"/> and less than that: then nothing
    /// else is in its block. Both slots, both blocks of the journal and both areas for a delta have as many. Slots are of whole
    /// blocks.</summary>
    int AreaBytes(int area);

    /// <summary>Sets all bits of the block at <paramref name="offset"/>.</summary>
    void EraseBlock(int area, int offset);

    /// <summary>Writes a page that is blank.</summary>
    /// <param name="area">The area.</param>
    /// <param name="offset">Where in it.</param>
    /// <param name="from">What has the page's bytes,</param>
    /// <param name="at">and where.</param>
    void Program(int area, int offset, Bytes from, int at);

    /// <summary>The RAM behind the first <paramref name="arenaBytes"/> bytes, a multiple of 8, of <see cref="Arena"/>; or as much other
    /// RAM.</summary>
    Bytes Buffer(int arenaBytes);

    /// <summary>Bytes there.</summary>
    int BufferBytes(int arenaBytes);

    /// <summary>Sends a byte over the line.</summary>
    void Send(int value);
}
