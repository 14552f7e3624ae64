using System;
using System.Runtime.CompilerServices;

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

    private const int Alignment = 64;
    private readonly T[] _memory;
    private readonly int _start;

    /// <summary>Allocates <paramref name="length"/> zeros.</summary>
    public Block(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var total = length + (Slack + Alignment) / sizeof(T);
        if (total > Array.MaxLength)
            throw new ArgumentOutOfRangeException(
                nameof(length), length, "The network needs one block of this many values, more than fits. Use a smaller batch or input.");

        Length = (int)length;
        _memory = GC.AllocateArray<T>((int)total, pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref _memory[0]);
        _start = (int)((Alignment - address % Alignment) % Alignment) / sizeof(T);
        Pointer = (T*)Unsafe.AsPointer(ref _memory[_start]);
    }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>The values.</summary>
    public Span<T> Span => _memory.AsSpan(_start, Length);

    /// <summary>Address of the first value; stays valid as long as this object is reachable.</summary>
    public T* Pointer { get; }
}
