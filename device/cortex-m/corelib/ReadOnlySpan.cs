namespace System;

/// <summary>A view of memory. It is here for <c>"…"u8</c>: text that stays in flash and needs no string object.</summary>
public readonly unsafe ref struct ReadOnlySpan<T>
{
    private readonly ref T _first;
    private readonly int _length;

    /// <summary>A view of <paramref name="length"/> elements: what a u8 literal becomes.</summary>
    public ReadOnlySpan(void* first, int length)
    {
#pragma warning disable CS8500 // T is byte in practice, and nothing here moves managed objects anyway.
        _first = ref *(T*)first;
#pragma warning restore CS8500
        _length = length;
    }

    /// <summary>Never called: the C# compiler wants to see it before it turns a literal into a view of flash.</summary>
    public ReadOnlySpan(T[] array, int start, int length)
        : this(null, 0)
    {
    }

    /// <summary>The number of elements.</summary>
    public int Length => _length;

    /// <summary>The first element, so that <c>fixed</c> works.</summary>
    public ref readonly T GetPinnableReference() => ref _first;
}
