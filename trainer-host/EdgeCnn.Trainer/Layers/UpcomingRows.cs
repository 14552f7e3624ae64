using System.Runtime.CompilerServices;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>Brings near what the next group of samples will read, a little with every row of a layer's loops.</summary>
/// <param name="upcoming">What is read.</param>
/// <param name="length">Values of each tensor.</param>
/// <param name="rows">Rows in which it should be done.</param>
internal unsafe struct UpcomingRows<T>(in Upcoming<T> upcoming, int length, int rows)
    where T : unmanaged
{
    private const int CacheLine = 64;
    private readonly T* _input = upcoming.Input, _output = upcoming.Output;
    private readonly T* _gradient = upcoming.OutputGradient == null ? upcoming.Output : upcoming.OutputGradient;
    private readonly nint _length = upcoming.Input == null ? 0 : length;
    private readonly int _lines = (length / rows * sizeof(T) + CacheLine - 1) / CacheLine;
    private nint _at;

    /// <summary>A row more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BringNear()
    {
        for (var line = _lines; line > 0 && _at < _length; line--, _at += CacheLine / sizeof(T))
        {
            Loops.PrefetchFar(_input + _at);
            Loops.PrefetchFar(_output + _at);
            Loops.PrefetchFar(_gradient + _at);
        }
    }
}
