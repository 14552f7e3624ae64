using System;
using System.Linq;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>Cells of flash: an erase sets all bits of a sector, a unit is programmed once after it.</summary>
internal sealed class FlashArray
{
    private readonly uint _origin;
    private readonly int _unit;
    private readonly int[] _starts;
    private readonly byte[] _bytes;
    private readonly bool[] _isProgrammed;

    /// <summary>Blank flash.</summary>
    internal FlashArray(uint origin, int unit, int[] sectors)
    {
        (_origin, _unit) = (origin, unit);
        _starts = [.. sectors.Select((_, i) => sectors[..i].Sum()), sectors.Sum()];
        _bytes = new byte[_starts[^1]];
        _bytes.AsSpan().Fill(0xFF);
        _isProgrammed = new bool[_bytes.Length / unit];
    }

    /// <summary>What no driver may erase or program: the program.</summary>
    internal (uint From, uint Bytes)[] Protected { get; set; } = [];

    /// <summary>How many sectors there are.</summary>
    internal int Sectors => _starts.Length - 1;

    /// <summary>Whether an address is in it.</summary>
    internal bool Contains(uint address) => address - _origin < _bytes.Length;

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
        if (sector >= Sectors) throw new FlashRuleException($"there is no sector {sector}");
        (uint from, int bytes) = Sector(sector);
        RequireUnprotected(from, bytes);
        Span(from, bytes).Fill(0xFF);
        _isProgrammed.AsSpan(_starts[sector] / _unit, bytes / _unit).Clear();
    }

    internal void Program(uint address, ReadOnlySpan<byte> unit)
    {
        if ((address - _origin) % _unit != 0) throw new FlashRuleException($"{address:x8} is no multiple of {_unit}");
        RequireUnprotected(address, unit.Length);
        ref bool isProgrammed = ref _isProgrammed[(address - _origin) / _unit];
        if (isProgrammed) throw new FlashRuleException($"{address:x8} was programmed since its erase");
        isProgrammed = true;
        Span<byte> there = Span(address, unit.Length);
        for (int i = 0; i < unit.Length; i++) there[i] &= unit[i];
    }

    private void RequireUnprotected(uint from, int bytes)
    {
        if (Protected.Any(piece => from < piece.From + piece.Bytes && piece.From < from + bytes))
            throw new FlashRuleException($"the program is at {from:x8}");
    }
}
