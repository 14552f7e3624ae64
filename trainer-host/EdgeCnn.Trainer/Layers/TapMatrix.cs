using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Lays out what windows see of one sample as the rows of a matrix (places, taps · channels), for a run of the channels, and adds such a
/// matrix back to the sample.
/// </summary>
/// <param name="table">The windows.</param>
/// <param name="imageChannels">Channels of the sample.</param>
/// <param name="channels">Channels in the matrix.</param>
internal sealed unsafe class TapMatrix<T>(TapTable table, int imageChannels, int channels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Values of a row.</summary>
    public int Columns { get; } = checked(table.Taps * channels);

    /// <summary>Values of the matrix, and of a vector that hangs over its end.</summary>
    public int Length => checked(((table.Places * Columns + 15) & ~15) + 16);

    /// <summary>matrix[place, (tap, c)] = sample[pixel of the tap, first + c], 0 outside.</summary>
    /// <remarks>Copies are whole vectors in rising order: what hangs over is overwritten by the next.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(T* sample, int first, T* matrix)
    {
        var lanes = Vector256<T>.Count;
        foreach (var pixel in table.Pixels)
        {
            var from = sample + (nint)pixel * imageChannels + first;
            for (var i = 0; i < channels; i += lanes)
                (pixel < 0 ? Vector256<T>.Zero : Vector256.Load(from + i)).Store(matrix + i);
            matrix += channels;
        }
    }

    /// <summary>sample[pixel of the tap, first + c] += matrix[place, (tap, c)].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddBack(T* matrix, T* sample, int first)
    {
        var lanes = Vector256<T>.Count;
        foreach (var pixel in table.Pixels)
        {
            var to = sample + (nint)pixel * imageChannels + first;
            var i = pixel < 0 ? channels : 0;
            for (; i <= channels - lanes; i += lanes)
                (Vector256.Load(to + i) + Vector256.Load(matrix + i)).Store(to + i);
            for (; i < channels; i++)
                to[i] += matrix[i];
            matrix += channels;
        }
    }
}
