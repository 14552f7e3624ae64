namespace EdgeCnn;

/// <summary>
/// What layers with weights of 4 bits share. A tile's channels are widened to int8 into scratch memory once, then meet all rows: no tile
/// needs to read nibbles, and scratch holds no more than <see cref="Tile.Channels"/> channels.
/// </summary>
internal static unsafe class NibbleRows
{
    /// <summary>Bytes of <paramref name="elements"/> weights, two to a byte.</summary>
    internal static long Bytes(long elements) => (elements + 1) >> 1;

    /// <summary>Scratch bytes of the widened weights.</summary>
    internal static long WidenedBytes(Bytes model, int op, long depth)
    {
        int channels = WeightedRows.OutputChannels(model, op);
        return depth * (channels < Tile.Channels ? channels : Tile.Channels);
    }

    /// <summary>Widens <paramref name="count"/> weights, from number <paramref name="first"/> on; even ones are in the lower half of their
    /// byte.</summary>
    internal static void Widen(Bytes weights, int weightsAt, int first, int count, Bytes arena, int to)
    {
        for (int i = first; i < first + count; i++, to++)
        {
            int pair = weights[weightsAt + (i >> 1)];
            arena[to] = (byte)((sbyte)((i & 1) == 0 ? pair << 4 : pair) >> 4);
        }
    }
}
