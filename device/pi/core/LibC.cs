using System.Runtime.InteropServices;

namespace EdgeCnn.Device;

/// <summary>
/// The C library of Linux on 64-bit processors, as the kernel's interfaces need it. All signatures are of plain numbers and pointers: ilc
/// links them as calls, .NET binds them when they are first called. A result of −1 means that <see cref="Errno"/> says why.
/// </summary>
internal static unsafe class LibC
{
    internal const int ReadOnly = 0, WriteOnly = 1, ReadWrite = 2;

    internal const int Create = 0x40, Truncate = 0x200, NonBlocking = 0x800, CloseOnExec = 0x80000;

    /// <summary>Permissions of a new file: its owner writes it, everybody reads it.</summary>
    internal const int NewFile = 0x1A4;

    internal const int ProtectRead = 1, ProtectWrite = 2, MapShared = 1, MapPrivate = 2, MapAnonymous = 0x20;

    internal const int SeekEnd = 2;

    /// <summary>Where the name is in an entry of a folder.</summary>
    internal const int EntryName = 19;

    internal const int PollIn = 1, PollError = 8;

    internal const int ClockMonotonic = 1;

    private const string Library = "libc";

    /// <summary>Why the last call failed.</summary>
    internal static int Errno => *ErrnoLocation();

    /// <summary>Writes all of <paramref name="bytes"/>, however often it takes.</summary>
    /// <returns>0 or an errno.</returns>
    internal static int WriteAll(int file, byte* bytes, int count)
    {
        for (int at = 0; at < count;)
        {
            nint written = Write(file, bytes + at, count - at);
            if (written >= 0) at += (int)written;
            else if (Errno != Device.Errno.Interrupted) return Errno;
        }
        return 0;
    }

    [DllImport(Library, EntryPoint = "open")]
    internal static extern int Open(byte* path, int flags, int mode);

    [DllImport(Library, EntryPoint = "close")]
    internal static extern int Close(int file);

    [DllImport(Library, EntryPoint = "read")]
    internal static extern nint Read(int file, void* bytes, nint count);

    [DllImport(Library, EntryPoint = "write")]
    internal static extern nint Write(int file, void* bytes, nint count);

    [DllImport(Library, EntryPoint = "lseek")]
    internal static extern long Seek(int file, long offset, int from);

    [DllImport(Library, EntryPoint = "fsync")]
    internal static extern int Sync(int file);

    [DllImport(Library, EntryPoint = "rename")]
    internal static extern int Rename(byte* from, byte* to);

    [DllImport(Library, EntryPoint = "unlink")]
    internal static extern int Unlink(byte* path);

    [DllImport(Library, EntryPoint = "opendir")]
    internal static extern void* OpenFolder(byte* path);

    [DllImport(Library, EntryPoint = "readdir")]
    internal static extern byte* NextEntry(void* folder);

    [DllImport(Library, EntryPoint = "closedir")]
    internal static extern int CloseFolder(void* folder);

    [DllImport(Library, EntryPoint = "ioctl")]
    internal static extern int Control(int file, ulong request, void* argument);

    [DllImport(Library, EntryPoint = "mmap")]
    internal static extern void* Map(void* at, nint bytes, int protection, int flags, int file, long offset);

    [DllImport(Library, EntryPoint = "munmap")]
    internal static extern int Unmap(void* at, nint bytes);

    [DllImport(Library, EntryPoint = "poll")]
    internal static extern int Poll(ulong* entries, nint count, int milliseconds);

    [DllImport(Library, EntryPoint = "clock_gettime")]
    internal static extern int Time(int clock, long* secondsAndNanoseconds);

    [DllImport(Library, EntryPoint = "__errno_location")]
    private static extern int* ErrnoLocation();
}
