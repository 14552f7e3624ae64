namespace EdgeCnn;

/// <summary>FNV-1a, 64 bits: the hash that every target prints for every operator's output.</summary>
public static unsafe class Fnv1a
{
    /// <summary>The hash of no bytes.</summary>
    public const ulong Start = 0xCBF29CE484222325;

    /// <summary>Adds <paramref name="count"/> bytes to <paramref name="hash"/>.</summary>
    public static ulong Add(ulong hash, Bytes bytes, int offset, int count)
    {
        for (int i = 0; i < count; i++) hash = (hash ^ bytes[offset + i]) * 0x100000001B3;
        return hash;
    }
}
