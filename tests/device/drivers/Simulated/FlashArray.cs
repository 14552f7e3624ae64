using System;
using System.Linq;
using System.Runtime.InteropServices;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>Cells of flash: an erase sets all bits of a sector, a unit is programmed once after it. Power can be cut at any of these, which
/// is then half done: some bits changed, at random.</summary>
internal sealed unsafe class FlashArray
{
    private readonly uint _origin;
    private readonly int _unit;
    private readonly int[] _starts;
    private readonly byte[] _bytes;
    private readonly bool[] _isProgrammed;
    private readonly Random _random = new(1);

    /// <summary>Blank flash.</summary>
    internal FlashArray(uint origin, int unit, int[] sectors)
    {
        (_origin, _unit) = (origin, unit);
        _starts = [.. sectors.Select((_, i) => sectors[..i].Sum()), sectors.Sum()];
        _bytes = GC.AllocateUninitializedArray<byte>(_starts[^1], pinned: true);
        _bytes.AsSpan().Fill(0xFF);
        _isProgrammed = new bool[_bytes.Length / unit];
    }

    /// <summary>What no driver may erase or program: the program.</summary>
    internal (uint From, uint Bytes)[] Protected { get; set; } = [];

    /// <summary>Erases and programs so far.</summary>
    internal int Operations { get; private set; }

    /// <summary>The operation, counted from 1, at which power goes; 0: it stays.</summary>
    internal int CutAt { get; set; }

    /// <summary>How many sectors there are.</summary>
    internal int Sectors => _starts.Length - 1;

    /// <summary>Whether an address is in it.</summary>
    internal bool Contains(uint address) => address - _origin < _bytes.Length;

    /// <summary>Where a byte is in this computer's memory.</summary>
    internal byte* Pointer(uint address) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, (int)(address - _origin));

    /// <summary>Some bytes.</summary>
    internal Span<byte> Span(uint address, int count) => _bytes.AsSpan((int)(address - _origin), count);

    /// <summary>The sector that an address is in.</summary>
    internal int SectorOf(uint address)
    {
        int offset = (int)(address - _origin);
        return Array.FindLastIndex(_starts, start => start <= offset);
    }

    /// <summary>Where a sector begins, and its bytes.</summary>
    internal (uint From, int Bytes) Sector(int number) => (_origin + (uint)_starts[number], _starts[number + 1] - _starts[number]);

    internal void Erase(int sector)
    {
        if (sector >= Sectors) throw new ChipRuleException($"there is no sector {sector}");
        (uint from, int bytes) = Sector(sector);
        RequireUnprotected(from, bytes);
        bool isCut = Count();
        foreach (ref byte value in Span(from, bytes)) value = isCut ? (byte)(value | _random.Next(256)) : (byte)0xFF;
        _isProgrammed.AsSpan(_starts[sector] / _unit, bytes / _unit).Fill(isCut);
        if (isCut) throw new PowerCutException(from);
    }

    internal void Program(uint address, ReadOnlySpan<byte> unit)
    {
        if ((address - _origin) % _unit != 0) throw new ChipRuleException($"{address:x8} is no multiple of {_unit}");
        RequireUnprotected(address, unit.Length);
        ref bool isProgrammed = ref _isProgrammed[(address - _origin) / _unit];
        if (isProgrammed) throw new ChipRuleException($"{address:x8} was programmed since its erase");
        isProgrammed = true;
        bool isCut = Count();
        Span<byte> there = Span(address, unit.Length);
        for (int i = 0; i < unit.Length; i++) there[i] &= isCut ? (byte)(unit[i] | _random.Next(256)) : unit[i];
        if (isCut) throw new PowerCutException(address);
    }

    /// <summary>What it holds, to be restored.</summary>
    internal (byte[] Bytes, bool[] IsProgrammed) Save() => ([.. _bytes], [.. _isProgrammed]);

    /// <summary>It holds again what it held then.</summary>
    internal void Restore((byte[] Bytes, bool[] IsProgrammed) state)
    {
        state.Bytes.CopyTo(_bytes, 0);
        state.IsProgrammed.CopyTo(_isProgrammed, 0);
    }

    private bool Count()
    {
        if (CutAt != 0 && Operations >= CutAt) throw new PowerCutException(_origin);
        return ++Operations == CutAt;
    }

    private void RequireUnprotected(uint from, int bytes)
    {
        if (Protected.Any(piece => from < piece.From + piece.Bytes && piece.From < from + bytes))
            throw new ChipRuleException($"the program is at {from:x8}");
    }
}
