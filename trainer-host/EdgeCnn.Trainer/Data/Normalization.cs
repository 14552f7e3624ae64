using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace EdgeCnn.Trainer.Data;

/// <summary>From pixels to what the network reads: x = pixel · Scale[c] + Offset[c], the pixel being 0 … 255 of channel c.</summary>
public sealed class Normalization
{
    /// <summary>(pixel/255 − mean)/deviation of every channel.</summary>
    public Normalization(IEnumerable<double> mean, IEnumerable<double> deviation)
    {
        Scale = [.. deviation.Select(value => 1 / (255 * value))];
        Offset = [.. mean.Zip(deviation, (center, width) => -center / width)];
    }

    /// <summary>Factor of a pixel, per channel.</summary>
    public IReadOnlyList<double> Scale { get; }

    /// <summary>What is added, per channel.</summary>
    public IReadOnlyList<double> Offset { get; }

    /// <summary>pixel/255: 0 … 1.</summary>
    public static Normalization UnitRange(int channels) => new(Enumerable.Repeat(0.0, channels), Enumerable.Repeat(1.0, channels));

    /// <summary>
    /// The 256 values of every channel, so that all readers of pixels agree to the last bit: value of pixel p of channel c at 256·c + p.
    /// </summary>
    public T[] Table<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var table = new T[256 * Scale.Count];
        for (var i = 0; i < table.Length; i++)
            table[i] = T.CreateTruncating(i % 256 * Scale[i / 256] + Offset[i / 256]);
        return table;
    }

    /// <summary>Normalizes pixels with channels innermost.</summary>
    /// <param name="pixels">Whole positions.</param>
    /// <param name="table">From <see cref="Table{T}"/>.</param>
    /// <param name="values">Receives one value per pixel.</param>
    public static void Apply<T>(ReadOnlySpan<byte> pixels, ReadOnlySpan<T> table, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var channels = table.Length / 256;
        if (channels == 1)
        {
            for (var i = 0; i < pixels.Length; i++)
                values[i] = table[pixels[i]];
            return;
        }

        for (int i = 0, channel = 0; i < pixels.Length; i++, channel = channel + 1 == channels ? 0 : channel + 1)
            values[i] = table[256 * channel + pixels[i]];
    }
}
