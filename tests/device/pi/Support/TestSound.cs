using System;
using System.Runtime.InteropServices;
using System.Threading;
using EdgeCnn.Pi.Frames;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>A room that is silent but for one word, as often as it is asked for.</summary>
internal sealed class TestSound(short[] word) : ISampleStream
{
    private int _at = word.Length;

    public string Name => "a room for tests";

    public bool IsLive => false;

    /// <summary>Says the word from the next samples on.</summary>
    public void Speak() => Volatile.Write(ref _at, 0);

    public int Read(Span<byte> bytes)
    {
        Thread.Sleep(1);
        int at = Volatile.Read(ref _at), count = Math.Min(word.Length - at, bytes.Length / sizeof(short));
        bytes.Clear();
        MemoryMarshal.AsBytes(word.AsSpan(at, count)).CopyTo(bytes);
        if (count > 0) Volatile.Write(ref _at, at + count);
        return bytes.Length;
    }

    public void Dispose()
    {
    }
}
