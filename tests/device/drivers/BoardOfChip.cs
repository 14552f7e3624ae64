using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using EdgeCnn.Board;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Device.Tests;

/// <summary>All that the firmware's protocol does, on a simulated chip through its driver.</summary>
internal sealed unsafe class BoardOfChip : IPlatform, IDisposable
{
    private const int RamBytes = 64 * 1024;

    private readonly byte* _ram = (byte*)NativeMemory.AlignedAlloc(RamBytes, 64);
    private readonly Queue<byte> _sent = [];
    private HostedBoard _board;

    /// <summary>A board with blank flash, switched on.</summary>
    internal BoardOfChip(string name)
    {
        Real = RealBoard.Start(name);
        _board = new HostedBoard(this);
    }

    internal RealBoard Real { get; }

    /// <inheritdoc/>
    public int EraseBytes => (int)Device.Board.EraseBytes;

    /// <inheritdoc/>
    public int PageBytes => (int)Device.Board.PageBytes;

    /// <inheritdoc/>
    public int FreeBytes => RamBytes;

    /// <inheritdoc/>
    public byte* Arena => _ram;

    /// <inheritdoc/>
    public int TicksPerSecond => 0;

    /// <inheritdoc/>
    public int StackBytes => 0;

    /// <inheritdoc/>
    public int FaultStatus => 0;

    /// <inheritdoc/>
    public int FaultAt => 0;

    /// <inheritdoc/>
    public byte* PublicKey => null;

    /// <inheritdoc/>
    public int NameByte(int index) => 0;

    /// <inheritdoc/>
    public byte* Flash(int area) => Real.Chip.Flash.Pointer(RealBoard.Address(area));

    /// <inheritdoc/>
    public int AreaBytes(int area) => RealBoard.AreaBytes(area);

    /// <inheritdoc/>
    public void EraseBlock(int area, int offset) => Real.Erase(RealBoard.Address(area) + (uint)offset);

    /// <inheritdoc/>
    public void Program(int area, int offset, byte* from, int at) =>
        Real.Program(RealBoard.Address(area) + (uint)offset, new ReadOnlySpan<byte>(from + at, PageBytes));

    /// <inheritdoc/>
    public byte* Buffer(int arenaBytes) => _ram + arenaBytes;

    /// <inheritdoc/>
    public int BufferBytes(int arenaBytes) => RamBytes - arenaBytes;

    /// <inheritdoc/>
    public void Send(int value) => _sent.Enqueue((byte)value);

    /// <summary>A client at the other end of the line.</summary>
    internal BoardClient Connect() => new(new Line(this));

    /// <summary>Power goes and comes back.</summary>
    internal void PowerOn()
    {
        _board.Dispose();
        _sent.Clear();
        Real.Restart();
        _board = new HostedBoard(this);
    }

    public void Dispose()
    {
        _board.Dispose();
        (Real.Chip as IDisposable)?.Dispose();
        NativeMemory.AlignedFree(_ram);
    }

    private sealed class Line(BoardOfChip board) : Transport
    {
        public override string Name => "simulated";

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            foreach (byte value in bytes) board._board.Receive(value);
        }

        public override int Read(Span<byte> bytes, TimeSpan limit, CancellationToken cancellation)
        {
            int count = 0;
            while (count < bytes.Length && board._sent.TryDequeue(out byte value)) bytes[count++] = value;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
