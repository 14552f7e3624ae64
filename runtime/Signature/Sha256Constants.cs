namespace EdgeCnn;

/// <summary>The round constants of SHA-256: the first 32 bits behind the point of the cube roots of the first primes.</summary>
internal static unsafe class Sha256Constants
{
    /// <summary>Bits of a root with 32 behind the point; the roots are below 8.</summary>
    private const int RootBits = 35;

    /// <summary>Writes the constants of the first <paramref name="count"/> primes, up to 311.</summary>
    internal static void Write(Bytes work, int at, int count)
    {
        for (int prime = 2, end = at + 4 * count; at < end; prime++)
        {
            if (!IsPrime(prime)) continue;
            Memory.SetInt32(work, at, (int)CubeRoot(prime));
            at += 4;
        }
    }

    private static bool IsPrime(int number)
    {
        for (int factor = 2; factor * factor <= number; factor++)
            if (number % factor == 0) return false;
        return true;
    }

    /// <summary>⌊∛number · 2³²⌋, bit by bit from the highest.</summary>
    private static ulong CubeRoot(int number)
    {
        ulong root = 0;
        for (ulong bit = 1UL << (RootBits - 1); bit != 0; bit >>= 1)
            if (IsCubeBelow(root + bit, number)) root += bit;
        return root;
    }

    /// <summary>Whether root³ &lt; number · 2⁹⁶.</summary>
    private static bool IsCubeBelow(ulong root, int number)
    {
        // (2¹⁸ high + low)³, of which only what lies above bit 54 counts: the other side is a multiple of 2⁵⁴.
        ulong high = root >> 18, low = root & 0x3FFFF;
        ulong sum = 3 * high * low * low + (low * low * low >> 18);
        sum = 3 * high * high * low + (sum >> 18);
        return high * high * high + (sum >> 18) < (ulong)number << 42;
    }
}
