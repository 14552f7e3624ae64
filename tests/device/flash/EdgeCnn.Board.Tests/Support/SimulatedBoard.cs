using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using EdgeCnn.Board;

namespace EdgeCnn.Tests.Boards;

/// <summary>A board of memory: the code that answers on a real one, simulated flash, a line that remembers what was sent.</summary>
internal sealed unsafe class SimulatedBoard : IPlatform, IDisposable
{
    internal const int RamBytes = 128 * 1024;
    internal const string BoardName = "simulated";

    private readonly byte* _ram = (byte*)NativeMemory.AlignedAlloc(RamBytes, 64);
    private HostedBoard? _board;

    /// <summary>A board with blank flash, switched on.</summary>
    internal SimulatedBoard(int seed = 1)
    {
        FlashMemory = new SimulatedFlash(seed);
        PowerOn();
    }

    internal SimulatedFlash FlashMemory { get; }

    /// <summary>Bytes that the board sent and nobody took.</summary>
    internal Queue<byte> Sent { get; } = [];

    /// <inheritdoc/>
    public int EraseBytes => SimulatedFlash.EraseBytes;

    /// <inheritdoc/>
    public int PageBytes => SimulatedFlash.PageBytes;

    /// <inheritdoc/>
    public int FreeBytes => RamBytes;

    /// <inheritdoc/>
    public byte* Arena => _ram;

    /// <inheritdoc/>
    public int TicksPerSecond => 1_000_000_000;

    /// <inheritdoc/>
    public int StackBytes => 0;

    /// <inheritdoc/>
    public int FaultStatus => 0;

    /// <inheritdoc/>
    public int FaultAt => 0;

    /// <inheritdoc/>
    public byte* PublicKey { get; set; }

    /// <inheritdoc/>
    public int NameByte(int index) => index < BoardName.Length ? BoardName[index] : 0;

    /// <inheritdoc/>
    public byte* Flash(int area) => FlashMemory.Area(area);

    /// <inheritdoc/>
    public int AreaBytes(int area) => SimulatedFlash.AreaBytes(area);

    /// <inheritdoc/>
    public void EraseBlock(int area, int offset) => FlashMemory.Erase(area, offset);

    /// <inheritdoc/>
    public void Program(int area, int offset, byte* from, int at) =>
        FlashMemory.Program(area, offset, new ReadOnlySpan<byte>(from + at, SimulatedFlash.PageBytes));

    /// <inheritdoc/>
    public byte* Buffer(int arenaBytes) => _ram + arenaBytes;

    /// <inheritdoc/>
    public int BufferBytes(int arenaBytes) => RamBytes - arenaBytes;

    /// <inheritdoc/>
    public void Send(int value) => Sent.Enqueue((byte)value);

    /// <summary>Starts the board with what is in its flash; RAM holds anything.</summary>
    internal void PowerOn()
    {
        FlashMemory.CutAt = 0;
        new Random(FlashMemory.Operations).NextBytes(new Span<byte>(_ram, RamBytes));
        Sent.Clear();
        _board?.Dispose();
        _board = new HostedBoard(this);
    }

    /// <summary>Puts bytes on the line; the board starts again when it is asked to.</summary>
    internal void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            if (_board!.Receive(value))
            {
                byte[] answer = [.. Sent];
                PowerOn();
                foreach (byte sent in answer) Sent.Enqueue(sent);
            }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board?.Dispose();
        FlashMemory.Dispose();
        NativeMemory.AlignedFree(_ram);
    }
}
