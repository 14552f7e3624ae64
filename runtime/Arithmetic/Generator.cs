namespace EdgeCnn;

/// <summary>
/// Random numbers as a function of (seed, index), not of a running state: any order of evaluation gives the same numbers, on every
/// target. The mixing function is the 32-bit finalizer "lowbias32" (C. Wellons, 2018).
/// </summary>
public static unsafe class Generator
{
    internal const uint Factor1 = 0x7FEB352D;
    internal const uint Factor2 = 0x846CA68B;

    /// <summary>32 random bits for element <paramref name="index"/> of stream <paramref name="seed"/>.</summary>
    public static uint Bits(uint seed, uint index) => At(Mix(seed), index);

    /// <summary>The same where the stream is named by a key that is random itself, such as another stream's element.</summary>
    public static uint At(uint key, uint index) => Mix(key + index);

    /// <summary>Fills <paramref name="count"/> bytes with the stream <paramref name="seed"/>.</summary>
    public static void Fill(Bytes bytes, int offset, int count, uint seed)
    {
        for (int i = 0; i < count; i++) bytes[offset + i] = (byte)(Bits(seed, (uint)i) >> 24);
    }

    private static uint Mix(uint x)
    {
        x ^= x >> 16;
        x *= Factor1;
        x ^= x >> 15;
        x *= Factor2;
        x ^= x >> 16;
        return x;
    }
}
