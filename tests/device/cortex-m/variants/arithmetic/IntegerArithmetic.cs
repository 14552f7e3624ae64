namespace EdgeCnn.Device;

/// <summary>Integer operations for which the processor has no instruction, over operands of all magnitudes.</summary>
internal static class IntegerArithmetic
{
    private const int Rounds = 20_000;

    /// <summary>A hash of all results.</summary>
    internal static ulong Hash()
    {
        ulong hash = 0, state = 1;
        for (int i = 0; i < Rounds; i++)
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            ulong a = state >> (int)(state & 63);
            state = state * 6364136223846793005 + 1442695040888963407;
            ulong b = (state >> (int)(state & 63)) | 1;
            int n = i & 63;
            hash = Mix(hash, a * b);
            hash = Mix(hash, a << n);
            hash = Mix(hash, a >> n);
            hash = Mix(hash, (ulong)((long)a >> n));
            hash = Mix(hash, a / b);
            hash = Mix(hash, a % b);
            hash = Mix(hash, (ulong)((long)a / (long)(b >> 1 | 1)));
            hash = Mix(hash, (ulong)((long)a % (long)(b >> 1 | 1)));
            hash = Mix(hash, (uint)a / ((uint)b | 1));
            hash = Mix(hash, (uint)a % ((uint)b | 1));
            hash = Mix(hash, (ulong)((int)a / (int)((uint)b >> 1 | 1)));
            hash = Mix(hash, (ulong)((int)a % (int)((uint)b >> 1 | 1)));
        }
        return hash;
    }

    private static ulong Mix(ulong hash, ulong value) => (hash ^ value) * 0x100000001B3;
}
