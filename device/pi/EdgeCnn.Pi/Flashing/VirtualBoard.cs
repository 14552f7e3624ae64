using System;
using System.Buffers;
using System.IO;
using System.Runtime.InteropServices;
using EdgeCnn.Board;
using EdgeCnn.Device;
using EdgeCnn.Managed;

namespace EdgeCnn.Pi.Flashing;

/// <summary>
/// A board of memory that answers the protocol. Slot 0 holds the model that runs when the board is made; a model that a host activates is
/// the program's to install. What a host runs or lets learn here stays here.
/// </summary>
internal sealed unsafe class VirtualBoard : IPlatform, IDisposable
{
    private const int Block = 4096, Page = 256, RamBytes = 32 << 20, DeltaBytes = 256 << 10, Nothing = -1;

    private const string BoardName = "edgecnn-pi";
    private readonly int _slotBytes;
    private readonly byte* _flash, _ram, _key;
    private readonly ArrayBufferWriter<byte> _sent = new();
    private HostedBoard _board;
    private int _activated = Nothing, _running;

    /// <summary>Makes a board.</summary>
    /// <param name="model">The model that runs; empty when there is none.</param>
    /// <param name="maxBytes">Largest model that is taken.</param>
    /// <param name="key">Key that must have signed models; null: nobody need have.</param>
    public VirtualBoard(ReadOnlySpan<byte> model, int maxBytes, PublicKey? key)
    {
        _slotBytes = (maxBytes + Block - 1) / Block * Block;
        // Pages that nobody touches are no memory; slots are blank, which is all bits set.
        _flash = Require(Pages.Allocate(Total));
        new Span<byte>(_flash, Total).Fill(0xFF);
        model.CopyTo(new Span<byte>(_flash, _slotBytes));
        _ram = Require(Pages.Allocate(RamBytes));
        if (key is not null)
        {
            _key = (byte*)NativeMemory.Alloc((nuint)key.Bytes.Length);
            key.Bytes.CopyTo(new Span<byte>(_key, key.Bytes.Length));
        }
        _board = new HostedBoard(this);
    }

    /// <inheritdoc/>
    public int EraseBytes => Block;

    /// <inheritdoc/>
    public int PageBytes => Page;

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
    public byte* PublicKey => _key;

    private int Total => 2 * _slotBytes + 2 * Block + 2 * DeltaBytes;

    /// <summary>Takes bytes from the line.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="activated">Receives the model that was activated, else nothing.</param>
    /// <returns>The answers, until the next call.</returns>
    public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> bytes, out byte[]? activated)
    {
        _sent.ResetWrittenCount();
        foreach (byte value in bytes)
        {
            if (!_board.Receive(value)) continue;
            _board.Dispose();
            _board = new HostedBoard(this);
        }
        activated = _activated == Nothing ? null : ModelIn(Flash(_activated));
        _activated = Nothing;
        return _sent.WrittenMemory;
    }

    /// <inheritdoc/>
    public int NameByte(int index) => index < BoardName.Length ? BoardName[index] : 0;

    /// <inheritdoc/>
    public byte* Flash(int area) => area switch
    {
        < FlashArea.FirstJournal => _flash + (nint)area * _slotBytes,
        < FlashArea.FirstDelta => _flash + 2 * (nint)_slotBytes + (area - FlashArea.FirstJournal) * Block,
        _ => _flash + 2 * (nint)_slotBytes + 2 * Block + (area - FlashArea.FirstDelta) * DeltaBytes,
    };

    /// <inheritdoc/>
    public int AreaBytes(int area) => area switch
    {
        < FlashArea.FirstJournal => _slotBytes,
        < FlashArea.FirstDelta => Block,
        _ => DeltaBytes,
    };

    /// <inheritdoc/>
    public void EraseBlock(int area, int offset) => new Span<byte>(Flash(area) + offset, Block).Fill(0xFF);

    /// <inheritdoc/>
    public void Program(int area, int offset, byte* from, int at)
    {
        new ReadOnlySpan<byte>(from + at, Page).CopyTo(new Span<byte>(Flash(area) + offset, Page));
        if (area is not (FlashArea.FirstJournal or FlashArea.FirstJournal + 1)) return;
        // A record of the slot that runs already only holds on to it.
        int slot = Memory.Int32(from, at + Journal.RecordSlotAt);
        if (slot != _running) _activated = _running = slot;
    }

    /// <inheritdoc/>
    public byte* Buffer(int arenaBytes) => _ram + arenaBytes;

    /// <inheritdoc/>
    public int BufferBytes(int arenaBytes) => RamBytes - arenaBytes;

    /// <inheritdoc/>
    public void Send(int value)
    {
        _sent.GetSpan(1)[0] = (byte)value;
        _sent.Advance(1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.Dispose();
        Pages.Free(_flash, Total);
        Pages.Free(_ram, RamBytes);
        NativeMemory.Free(_key);
    }

    private static byte[] ModelIn(byte* slot) => new ReadOnlySpan<byte>(slot, ModelFile.FileBytes(slot)).ToArray();

    private static byte* Require(byte* memory) => memory != null ? memory : throw new IOException(Fault.NoMemory.Words());
}
