namespace EdgeCnn;

/// <summary>
/// SHA-256 (FIPS 180-4) of bytes that come piece by piece. All of its state is in <see cref="Bytes"/> bytes of the caller's, the round
/// constants included: they are computed, which takes less room than to keep them.
/// </summary>
internal static unsafe class Sha256
{
    /// <summary>Bytes of a hash.</summary>
    internal const int HashBytes = 32;

    /// <summary>Bytes that the functions use, from the start of what they are given; the hash is in the first.</summary>
    internal const int Bytes = ConstantsAt + 4 * Rounds;

    /// <summary>Where the number of bytes that were added is.</summary>
    internal const int CountAt = BlockAt + BlockBytes;

    private const int BlockBytes = 64, Rounds = 64, BlockAt = HashBytes, ConstantsAt = CountAt + 4;

    /// <summary>Begins a hash.</summary>
    /// <param name="work">At a multiple of four.</param>
    internal static void Start(Bytes work)
    {
        Sha256Constants.Write(work, ConstantsAt, Rounds);
        Restart(work);
    }

    /// <summary>Begins another hash with the constants that are there from the last.</summary>
    internal static void Restart(Bytes work)
    {
        // The first 32 bits behind the point of the square roots of the first eight primes.
        Memory.SetInt32(work, 0, 0x6A09E667);
        Memory.SetInt32(work, 4, unchecked((int)0xBB67AE85));
        Memory.SetInt32(work, 8, 0x3C6EF372);
        Memory.SetInt32(work, 12, unchecked((int)0xA54FF53A));
        Memory.SetInt32(work, 16, 0x510E527F);
        Memory.SetInt32(work, 20, unchecked((int)0x9B05688C));
        Memory.SetInt32(work, 24, 0x1F83D9AB);
        Memory.SetInt32(work, 28, 0x5BE0CD19);
        Memory.SetInt32(work, CountAt, 0);
    }

    /// <summary>Adds <paramref name="count"/> bytes; together they are below 2³¹.</summary>
    internal static void Add(Bytes work, Bytes bytes, int offset, int count)
    {
        for (int i = 0; i < count; i++) Add(work, bytes[offset + i]);
    }

    /// <summary>Ends the hash, which is then the first <see cref="HashBytes"/> bytes.</summary>
    internal static void Finish(Bytes work)
    {
        int count = Memory.Int32(work, CountAt);
        Add(work, 0x80);
        while ((Memory.Int32(work, CountAt) & (BlockBytes - 1)) != BlockBytes - 8) Add(work, 0);
        ulong bits = (ulong)count << 3;
        for (int shift = 56; shift >= 0; shift -= 8) Add(work, (byte)(bits >> shift));
        for (int i = 0; i < HashBytes; i += 4) Memory.SetInt32(work, i, BigEndian(work, i));
    }

    /// <summary>The four bytes at <paramref name="offset"/> with the most significant first.</summary>
    internal static int BigEndian(Bytes bytes, int offset) =>
        bytes[offset] << 24 | bytes[offset + 1] << 16 | bytes[offset + 2] << 8 | bytes[offset + 3];

    private static void Add(Bytes work, byte value)
    {
        int count = Memory.Int32(work, CountAt);
        work[BlockAt + (count & (BlockBytes - 1))] = value;
        Memory.SetInt32(work, CountAt, ++count);
        if ((count & (BlockBytes - 1)) == 0) Compress(work);
    }

    /// <summary>Mixes the block into the hash. The message schedule takes the block's place, word after word.</summary>
    private static void Compress(Bytes work)
    {
        for (int i = 0; i < BlockBytes; i += 4) Memory.SetInt32(work, BlockAt + i, BigEndian(work, BlockAt + i));
        uint a = Word(work, 0), b = Word(work, 4), c = Word(work, 8), d = Word(work, 12);
        uint e = Word(work, 16), f = Word(work, 20), g = Word(work, 24), h = Word(work, 28);
        for (int round = 0; round < Rounds; round++)
        {
            uint word = Scheduled(work, round, 0);
            uint first = h + (Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25)) + ((e & f) ^ (~e & g)) + Word(work, ConstantsAt + 4 * round) + word;
            uint second = (Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
            uint near = Scheduled(work, round, 1), far = Scheduled(work, round, 14);
            word += (Rotate(near, 7) ^ Rotate(near, 18) ^ (near >> 3)) + Scheduled(work, round, 9) + (Rotate(far, 17) ^ Rotate(far, 19) ^ (far >> 10));
            Memory.SetInt32(work, BlockAt + 4 * (round & 15), (int)word);
        }
        Mix(work, 0, a);
        Mix(work, 4, b);
        Mix(work, 8, c);
        Mix(work, 12, d);
        Mix(work, 16, e);
        Mix(work, 20, f);
        Mix(work, 24, g);
        Mix(work, 28, h);
    }

    /// <summary>Word <paramref name="round"/> + <paramref name="ahead"/> of the message schedule, ahead being below 16.</summary>
    private static uint Scheduled(Bytes work, int round, int ahead) => Word(work, BlockAt + 4 * ((round + ahead) & 15));

    private static uint Word(Bytes work, int at) => (uint)Memory.Int32(work, at);

    private static void Mix(Bytes work, int at, uint value) => Memory.SetInt32(work, at, Memory.Int32(work, at) + (int)value);

    private static uint Rotate(uint value, int bits) => value >> bits | value << (32 - bits);
}
