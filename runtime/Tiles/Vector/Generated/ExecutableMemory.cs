using System;
using System.Runtime.InteropServices;

namespace EdgeCnn;

/// <summary>Pages of the process for machine code: written first, then executable, never both at once.</summary>
internal static unsafe partial class ExecutableMemory
{
    private const int Read = 1, Write = 2, Execute = 4, PrivateAnonymous = 0x22, Refused = -1;

    /// <summary>Copies code into pages of its own, for as long as the process lives; null where the system does not allow it.</summary>
    internal static void* TryPlace(ReadOnlySpan<byte> code)
    {
        if (!OperatingSystem.IsLinux()) return null;
        nuint length = (nuint)code.Length;
        void* pages = Map(null, length, Read | Write, PrivateAnonymous, -1, 0);
        if ((nint)pages == Refused) return null;
        code.CopyTo(new Span<byte>(pages, code.Length));
        if (Protect(pages, length, Read | Execute) == 0) return pages;
        _ = Unmap(pages, length);
        return null;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
