namespace EdgeCnn;

/// <summary>The micro-kernels of int16 activations: sums of 64 bits.</summary>
internal static unsafe class WideTile
{
    /// <summary>Products of int16 by int8 whose sum stays in 32 bits: 2⁸ · 2¹⁵ · 2⁷ = 2³⁰.</summary>
    private const int Chunk = 256;

    /// <summary>Σₖ rows[k] · weights[k] of int16 at <paramref name="row"/> and int8 at <paramref name="channel"/>.</summary>
    internal static long Dot(Bytes rows, int row, Bytes weights, int channel, int depth)
    {
        long sum = 0;
        for (int k = 0; k < depth; k += Chunk)
        {
            int end = depth - k < Chunk ? depth : k + Chunk, part = 0;
            for (int i = k; i < end; i++) part += Memory.Int16(rows, row + 2 * i) * (sbyte)weights[channel + i];
            sum += part;
        }
        return sum;
    }

    /// <summary>Σₖ a[k] · b[k] of int16.</summary>
    internal static long DotInt16(Bytes a, int first, Bytes b, int second, int depth)
    {
        long sum = 0;
        for (int k = 0; k < 2 * depth; k += 2) sum += Memory.Int16(a, first + k) * Memory.Int16(b, second + k);
        return sum;
    }
}
