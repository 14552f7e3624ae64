using System;
using System.Runtime.InteropServices;
using EdgeCnn.Board;

namespace EdgeCnn.Tests.Boards;

/// <summary>
/// Flash with its rules: an erase sets all bits of a block, programming clears bits of a page that was not written since. Power can be cut at any
/// operation, which is then half done: some bits changed, at random.
/// </summary>
internal sealed unsafe class SimulatedFlash : IDisposable
{
    internal const int EraseBytes = 512, PageBytes = 64, SlotBytes = 16 * EraseBytes, JournalBytes = EraseBytes, DeltaBytes = 8 * EraseBytes;

    private static readonly int[] s_bytes = [SlotBytes, SlotBytes, JournalBytes, JournalBytes, DeltaBytes, DeltaBytes];

    private readonly byte*[] _areas = new byte*[FlashArea.Count];
    private readonly bool[][] _isWritten = new bool[FlashArea.Count][];
    private readonly Random _random;

    /// <summary>Blank flash.</summary>
    internal SimulatedFlash(int seed)
    {
        _random = new Random(seed);
        for (int i = 0; i < FlashArea.Count; i++)
        {
            _areas[i] = (byte*)NativeMemory.AlignedAlloc((nuint)s_bytes[i], 64);
            _isWritten[i] = new bool[s_bytes[i] / PageBytes];
            new Span<byte>(_areas[i], s_bytes[i]).Fill(0xFF);
        }
    }

    /// <summary>Erases and programs so far.</summary>
    internal int Operations { get; private set; }

    /// <summary>The operation, counted from 1, at which power goes; 0: it stays.</summary>
    internal int CutAt { get; set; }

    internal static int AreaBytes(int area) => s_bytes[area];

    internal byte* Area(int area) => _areas[area];

    internal Span<byte> Span(int area) => new(_areas[area], s_bytes[area]);

    internal void Erase(int area, int offset)
    {
        if (offset % EraseBytes != 0 || offset < 0 || offset >= s_bytes[area]) throw new InvalidOperationException($"no block at {offset}");
        bool isCut = Count();
        Span<byte> block = Span(area).Slice(offset, EraseBytes);
        foreach (ref byte value in block) value = isCut ? (byte)(value | _random.Next(256)) : (byte)0xFF;
        for (int page = 0; page < EraseBytes / PageBytes; page++)
            _isWritten[area][offset / PageBytes + page] = block.Slice(page * PageBytes, PageBytes).ContainsAnyExcept((byte)0xFF);
        if (isCut) throw new PowerCutException();
    }

    internal void Program(int area, int offset, ReadOnlySpan<byte> bytes)
    {
        if (offset % PageBytes != 0) throw new InvalidOperationException($"no page at {offset}");
        ref bool isWritten = ref _isWritten[area][offset / PageBytes];
        if (isWritten) throw new InvalidOperationException($"the page at {offset} of area {area} was written since its erase");
        bool isCut = Count();
        Span<byte> page = Span(area).Slice(offset, PageBytes);
        for (int i = 0; i < PageBytes; i++) page[i] &= isCut ? (byte)(bytes[i] | _random.Next(256)) : bytes[i];
        isWritten = page.ContainsAnyExcept((byte)0xFF);
        if (isCut) throw new PowerCutException();
    }

    public void Dispose()
    {
        foreach (byte* area in _areas) NativeMemory.AlignedFree(area);
    }

    private bool Count()
    {
        if (CutAt != 0 && Operations >= CutAt) throw new PowerCutException();
        return ++Operations == CutAt;
    }
}
