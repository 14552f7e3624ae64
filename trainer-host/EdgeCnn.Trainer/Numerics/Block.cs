using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// A fixed piece of memory for the kernels: it never moves, starts on a cache line, and may be read and written
/// <see cref="Slack"/> bytes past its end. Kernels use the slack to work in whole vectors: a vector that hangs over the end of a row
/// reads values that are not used, or writes values that the next row overwrites.
/// </summary>
public sealed unsafe class Block<T>
    where T : unmanaged
{
    /// <summary>Bytes behind the last value that may be touched.</summary>
    public const int Slack = 128;

    private readonly byte[] _memory;
    private readonly int _start;

    /// <summary>Allocates <paramref name="length"/> zeros.</summary>
    public Block(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > (Array.MaxLength - 2 * Slack) / sizeof(T))
            throw new ArgumentOutOfRangeException(
                nameof(length), length, "The network needs one block of this many values, more than fits. Use a smaller batch or input.");

        Length = (int)length;
        (_memory, _start) = BlockMemory.Take(Length * sizeof(T) + Slack);
        Pointer = (T*)Unsafe.AsPointer(ref First);
    }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>The values.</summary>
    public Span<T> Span => MemoryMarshal.CreateSpan(ref First, Length);

    /// <summary>The first value, in a way that keeps the memory reachable.</summary>
    private ref T First => ref Unsafe.As<byte, T>(ref _memory[_start]);

    /// <summary>Address of the first value; stays valid as long as this object is reachable.</summary>
    public T* Pointer { get; }
}
