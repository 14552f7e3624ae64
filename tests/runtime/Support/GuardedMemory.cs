using System;
using System.Runtime.InteropServices;

namespace EdgeCnn.Tests;

/// <summary>
/// Memory between two inaccessible pages: a read or write one byte beyond either end kills the process, which no test survives.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ProtectNone = 0, ProtectRead = 1, ProtectReadWrite = 3, PrivateAnonymous = 0x22;

    private static readonly int Page = Environment.SystemPageSize;

    private readonly byte* _mapping;
    private readonly nuint _size;
    private readonly int _room;

    /// <summary>Room for up to <paramref name="capacity"/> bytes.</summary>
    internal GuardedMemory(int capacity)
    {
        _room = (Math.Max(capacity, 1) + Page - 1) / Page * Page;
        _size = (nuint)(_room + 2 * Page);
        _mapping = (byte*)Map(null, _size, ProtectNone, PrivateAnonymous, -1, 0);
        if (_mapping == (byte*)-1) throw new InvalidOperationException("mmap failed");
        Protect(ProtectReadWrite);
    }

    /// <summary><paramref name="length"/> bytes that end at the upper guard page, or begin at the lower one.</summary>
    internal byte* Place(int length, bool atEnd = true) => _mapping + Page + (atEnd ? _room - length : 0);

    /// <summary>Copies bytes in, flush with one of the guard pages, and makes them read-only.</summary>
    internal byte* PlaceReadOnly(ReadOnlySpan<byte> bytes, bool atEnd = true)
    {
        Protect(ProtectReadWrite);
        byte* place = Place(bytes.Length, atEnd);
        bytes.CopyTo(new Span<byte>(place, bytes.Length));
        Protect(ProtectRead);
        return place;
    }

    /// <summary>Makes the bytes read-only, or writable again.</summary>
    internal void Protect(bool readOnly) => Protect(readOnly ? ProtectRead : ProtectReadWrite);

    public void Dispose() => _ = Unmap(_mapping, _size);

    private void Protect(int access)
    {
        if (Change(_mapping + Page, (nuint)_room, access) != 0) throw new InvalidOperationException("mprotect failed");
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Change(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
