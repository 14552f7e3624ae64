using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using static System.Buffers.Binary.BinaryPrimitives;

namespace EdgeCnn.Device.Tests;

/// <summary>What a program puts where (Tool Interface Standard ELF 1.2, program headers).</summary>
internal sealed class FlashImage
{
    private const int HeadersAt = 28, CountAt = 44, HeaderBytes = 32, Loaded = 1;

    private readonly byte[] _file;

    internal FlashImage(string elf)
    {
        _file = File.ReadAllBytes(elf);
        int headers = Int32(HeadersAt);
        Segments = [.. Enumerable.Range(0, ReadInt16LittleEndian(_file.AsSpan(CountAt)))
            .Select(i => headers + i * HeaderBytes)
            .Where(at => Int32(at) == Loaded)
            .Select(at => new Segment((uint)Int32(at + 8), (uint)Int32(at + 12), Int32(at + 4), Int32(at + 16), Int32(at + 20)))];
    }

    /// <summary>A piece of it.</summary>
    /// <param name="Address">Where the program sees it.</param>
    /// <param name="LoadAddress">Where it is stored.</param>
    /// <param name="FileOffset">Where in the file.</param>
    /// <param name="FileBytes">Bytes that are stored.</param>
    /// <param name="Bytes">Bytes that it takes.</param>
    internal sealed record Segment(uint Address, uint LoadAddress, int FileOffset, int FileBytes, int Bytes);

    internal IReadOnlyList<Segment> Segments { get; }

    /// <summary>The word that is stored at an address.</summary>
    internal uint Word(uint address)
    {
        Segment segment = Segments.Single(piece => address - piece.LoadAddress < piece.FileBytes);
        return (uint)Int32(segment.FileOffset + (int)(address - segment.LoadAddress));
    }

    /// <summary>Whether something is stored at an address.</summary>
    internal bool Stores(uint address) => Segments.Any(piece => address - piece.LoadAddress < piece.FileBytes);

    private int Int32(int at) => ReadInt32LittleEndian(_file.AsSpan(at));
}
