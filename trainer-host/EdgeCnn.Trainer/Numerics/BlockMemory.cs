using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// Where blocks get their memory: pieces of large pinned arrays, which the system is asked to back by huge pages. A training step goes
/// through tens of megabytes; with usual pages a processor looks up the address of every 4 KB anew, and does not read ahead beyond them.
/// </summary>
internal static unsafe partial class BlockMemory
{
    private const int Alignment = 64;
    private const int HugePage = 1 << 21;
    private const int ChunkLength = 16 * HugePage;
    private const int AdviseHugePages = 14;
    private static readonly Lock Gate = new();
    private static byte[] s_chunk = [];
    private static int s_used;

    /// <summary>Takes so many zero bytes, on a cache line; they are free again when nobody holds the array any more.</summary>
    public static (byte[] Chunk, int Start) Take(int length)
    {
        lock (Gate)
        {
            if (s_used > s_chunk.Length - length - Alignment)
            {
                s_chunk = GC.AllocateUninitializedArray<byte>(int.Max(ChunkLength, length + Alignment), pinned: true);
                s_used = 0;
                AskForHugePages(s_chunk);
            }

            var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(s_chunk)) + (nuint)s_used;
            var start = s_used + (int)((Alignment - address % Alignment) % Alignment);
            s_used = start + length;
            s_chunk.AsSpan(start, length).Clear();
            return (s_chunk, start);
        }
    }

    /// <summary>A hint: where the system does not take it, usual pages serve.</summary>
    private static void AskForHugePages(byte[] chunk)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var first = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(chunk));
        nuint start = (first + HugePage - 1) / HugePage * HugePage, end = (first + (nuint)chunk.Length) / HugePage * HugePage;
        if (end > start)
            _ = Advise((void*)start, end - start, AdviseHugePages);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
